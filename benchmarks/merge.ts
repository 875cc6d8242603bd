import { cpSync, mkdirSync, openSync, fsyncSync, closeSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParquetSink, mergePredictions, openImages, readImageStates, shareOf } from '@qualm/datasets';
import { ClassScores, Detections, Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx --conditions @qualm/source benchmarks/merge.ts [images] [shares]
 * What merging the shares of a run costs, beside the floor: the same bytes copied file by file and
 * synced. And the memory of the process, which must not grow with the images. */
const [images = 100_000, count = 16] = process.argv.slice(2).map(Number);
const repeats = 3;
const cases = [
  { form: 'detections', boxes: 5, numClasses: 1 },
  { form: 'class_scores', boxes: 5, numClasses: 80 },
] as const;

async function measure({ form, boxes, numClasses }: (typeof cases)[number], images: number): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-merge-'));
  try {
    const shares = await writeShares(folder, images, (id) => prediction(id, form, boxes, numClasses));
    const merges: { seconds: number; cpu: number }[] = [];
    const copies: number[] = [];
    for (let time = 0; time < repeats; time++) {
      const out = join(folder, 'out');
      rmSync(out, { recursive: true, force: true });
      const [began, cpu] = [performance.now(), process.cpuUsage()];
      await mergePredictions(shares, out);
      const { user, system } = process.cpuUsage(cpu);
      merges.push({ seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 });
      copies.push(copySynced(out, join(folder, 'copy')));
    }
    const merge = merges.map(({ seconds }) => seconds);
    const [best, floor] = [Math.min(...merge), Math.min(...copies)];
    return {
      form,
      images,
      shares: count,
      mebibytes: round(folderBytes(join(folder, 'out')) / 2 ** 20),
      mergeSeconds: merge.map(round),
      mergeCpuSeconds: merges.map(({ cpu }) => round(cpu)),
      copySeconds: copies.map(round),
      rowsPerSecond: Math.round(images / best),
      timesTheCopy: round(best / floor),
      peakRssMebibytes: round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeShares(folder: string, images: number, row: (id: string) => Prediction): Promise<string[]> {
  const names = Array.from({ length: images }, (_, index) => `val2017/${String(index).padStart(12, '0')}.jpg`);
  const labels = Array.from({ length: 80 }, (_, id) => ({ id, name: `class ${id}` }));
  const shares: string[] = [];
  for (let index = 1; index <= count; index++) {
    const source = shareOf(openImages(names), { index, count });
    const identity = { parts: { model: 'benchmark' }, images: await readImageStates(source), share: source.share };
    const share = join(folder, `share-${index}`);
    const { form } = row('').detections!;
    const sink = await createParquetSink(share, { form, labels, identity });
    for (const { image_id } of source) await sink.write(row(String(image_id)));
    await sink.close();
    shares.push(share);
  }
  return shares;
}

function prediction(id: string, form: 'detections' | 'class_scores', boxes: number, numClasses: number): Prediction {
  const edges = Float32Array.from({ length: 4 * boxes }, (_, i) => 100 * i + id.length);
  const scores = Float32Array.from({ length: boxes * numClasses }, (_, i) => 1 / (1 + i));
  const ids = Int32Array.from({ length: boxes * numClasses }, (_, i) => i % 80);
  return {
    index: 0,
    image_id: id,
    image: Image.fromUri(`file:///data/${id}`),
    size: { width: 640, height: 480 },
    detections:
      form === 'detections' ? new Detections(edges, scores, ids) : new ClassScores(edges, scores, ids, numClasses),
    error: null,
  };
}

/** Seconds for a copy of a folder, each file synced as a merge does. */
function copySynced(from: string, to: string): number {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  const began = performance.now();
  for (const name of readdirSync(from)) {
    cpSync(join(from, name), join(to, name));
    const file = openSync(join(to, name), 'r+');
    fsyncSync(file);
    closeSync(file);
  }
  return (performance.now() - began) / 1000;
}

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const results: object[] = [];
for (const settings of cases)
  for (const size of [images / 10, images]) {
    const found = await measure(settings, size);
    console.log(JSON.stringify(found));
    results.push(found);
  }
writeResult('merge', {}, { results });
