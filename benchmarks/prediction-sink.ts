import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createParquetSink, readPredictions } from '@qualm/datasets';
import { ClassScores, Detections, Image } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx --conditions @qualm/source benchmarks/prediction-sink.ts What
 * storing predictions costs: CPU of the whole process and of the calling thread, bytes, and how
 * long the caller's event loop is held up when images come every 2 ms. */
const cases = [
  { form: 'detections', boxes: 20, numClasses: 1, images: 4096 },
  { form: 'class_scores', boxes: 20, numClasses: 80, images: 2048 },
  { form: 'class_scores', boxes: 200, numClasses: 80, images: 512 },
] as const;

let seed = 1;
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}

function vector(numClasses: number): { scores: number[]; ids: number[] } {
  const scores = Array.from({ length: numClasses }, () => random() ** 8);
  const ids = scores.map((_, id) => id).sort((a, b) => scores[b]! - scores[a]!);
  return { scores: ids.map((id) => scores[id]!), ids };
}

function prediction(index: number, form: 'detections' | 'class_scores', count: number, numClasses: number): Prediction {
  const boxes = Float32Array.from({ length: 4 * count }, (_, i) => (i % 4 < 2 ? random() * 300 : 300 + random() * 300));
  const vectors = Array.from({ length: count }, () => vector(Math.max(numClasses, 1)));
  const scores = Float32Array.from(vectors.flatMap((row) => row.scores));
  const ids = Int32Array.from(vectors.flatMap((row) => row.ids));
  return {
    index,
    image_id: `val2017/${String(index).padStart(12, '0')}.jpg`,
    image: Image.fromUri(`file:///data/val2017/${String(index).padStart(12, '0')}.jpg`),
    size: { width: 640, height: 480 },
    detections:
      form === 'detections' ? new Detections(boxes, scores, ids) : new ClassScores(boxes, scores, ids, numClasses),
    error: null,
  };
}

async function measure({ form, boxes, numClasses, images }: (typeof cases)[number]): Promise<object> {
  const rows = Array.from({ length: 64 }, (_, index) => prediction(index, form, boxes, numClasses));
  const labels = Array.from({ length: 80 }, (_, id) => ({ id, name: `class ${id}` }));
  const folder = await mkdtemp(join(tmpdir(), 'qualm-sink-'));
  const options = { form, labels, fingerprint: 'benchmark' };
  const warm = await createParquetSink(join(folder, 'warm'), options);
  for (let i = 0; i < 256; i++) await warm.write(rows[i % 64]!);
  await warm.close();

  const sink = await createParquetSink(join(folder, 'full'), options);
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const loop = performance.eventLoopUtilization();
  for (let i = 0; i < images; i++) await sink.write(rows[i % 64]!);
  await sink.close();
  const { user, system } = process.cpuUsage(cpu);
  const wall = performance.now() - start;
  const main = performance.eventLoopUtilization(loop).active;
  const bytes = readdirSync(join(folder, 'full')).reduce(
    (sum, name) => sum + statSync(join(folder, 'full', name)).size,
    0,
  );

  const readStart = performance.now();
  await readPredictions(join(folder, 'full'));
  const read = performance.now() - readStart;

  const paced = await createParquetSink(join(folder, 'paced'), options);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let i = 0; i < 768; i++) {
    await paced.write(rows[i % 64]!);
    await sleep(2);
  }
  delay.disable();
  await paced.close();
  rmSync(folder, { recursive: true });

  const found = {
    form,
    boxes,
    numClasses,
    images,
    cpuMsPerImage: round((user + system) / 1000 / images),
    callerMsPerImage: round(main / images),
    wallMsPerImage: round(wall / images),
    readMsPerImage: round(read / images),
    kibPerImage: round(bytes / 1024 / images),
    eventLoopP99Ms: round(delay.percentile(99) / 1e6),
  };
  console.log(JSON.stringify(found));
  return found;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const results = [];
for (const settings of cases) results.push(await measure(settings));
writeResult('prediction-sink', {}, { results });
