import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Image } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { createPreprocessor } from '@qualm/vision';
import { cocoSsd } from '../examples/setup/coco-ssd.ts';
import { specs, testData } from '../examples/setup/folders.ts';
import { pythonEnvironment } from '../integration/src/python-environment.ts';
import { tfjsNode } from '../integration/src/tfjs-node.ts';
import { spreadOf } from './spread-of.ts';
import type { Job, Pass } from './tfjs-node/job.ts';
import { startRunner } from './tfjs-node/start-runner.ts';
import type { Runner } from './tfjs-node/start-runner.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/tfjs-node.ts [rounds]
 *
 * The demo's SSD (SSDLite MobileNetV2) on the same tensors of 24 photographs, in the same rounds:
 * through our backend on tfjs-node and on WASM, in Python TensorFlow, and, as the floor, in the
 * library of tfjs-node itself, called once for the whole graph. What they find differs by so much;
 * and images a second, from a tensor in memory to the raw outputs in memory. tfjs-node and
 * TensorFlow (PyPI) are installed into .cache. */

interface Way {
  readonly name: string;
  readonly runtime: Job['runtime'];
  readonly threads: number;
  readonly inFlight: number;
}

const one = { threads: 1, inFlight: 1 } as const;
const shared = { threads: 2, inFlight: 1 } as const;
const apart = { threads: 1, inFlight: 2 } as const;
const ways: readonly Way[] = [
  { name: 'tfjs-node', runtime: 'node', ...one },
  { name: 'WASM', runtime: 'wasm', ...one },
  { name: 'Python', runtime: 'python', ...one },
  { name: 'whole graph', runtime: 'saved-model', ...one },
  { name: 'tfjs-node, 2 threads', runtime: 'node', ...shared },
  { name: 'tfjs-node, 2 sessions', runtime: 'node', ...apart },
  { name: 'WASM, 2 sessions', runtime: 'wasm', ...apart },
  { name: 'Python, 2 threads', runtime: 'python', ...shared },
  { name: 'Python, 2 at once', runtime: 'python', ...apart },
  { name: 'whole graph, 2 threads', runtime: 'saved-model', ...shared },
];
const rounds = Number(process.argv[2] ?? 7);
const numImages = 24;
/** Numbers of one image, of 1,917 anchors: scores of 90 classes, and edges. */
const [numScores, numEdges] = [1917 * 90, 1917 * 4];

const data = testData();
const resolveFrom = data && (await tfjsNode());
if (!data) console.warn('skipped: no photographs; set QUALM_TEST_DATA');
else if (!resolveFrom) console.warn('skipped: tfjs-node is not installed');
else await measure(join(data, 'coco-val2017/images'), resolveFrom);

async function measure(photographs: string, tfjsFolder: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-tfjs-node-'));
  const runners: Runner[] = [];
  try {
    const python = await pythonEnvironment(join(import.meta.dirname, 'python/tensorflow.txt'));
    const spec = JSON.parse(readFileSync(join(specs, 'coco-ssd-tfjs.json'), 'utf8')) as ModelSpec;
    const model = join((await cocoSsd(() => undefined)).tfjs, spec.files.model);
    const { scores, boxes } = spec.head['outputs'] as Readonly<Record<string, string>>;
    const outputs = [scores!, boxes!];
    const images = join(folder, 'images.i32');
    const shape = await writeTensors(spec, photographs, images);
    const saved = join(folder, 'saved-model');
    const script = join(import.meta.dirname, 'python/tfjs_graph.py');
    execFileSync(python, [script, model, saved, spec.input.name!, ...outputs], { stdio: 'ignore' });
    const found = (at: number): string => join(folder, `${at}.f32`);
    for (const [at, { runtime, threads, inFlight }] of ways.entries()) {
      const job = { input: spec.input.name!, outputs, images, shape, found: found(at), threads, inFlight, runtime };
      const place = runtime === 'saved-model' ? saved : model;
      runners.push(
        await startRunner({ ...job, model: place, resolveFrom: tfjsFolder }, join(folder, `${at}.json`), python),
      );
    }
    const passes = await inTurns(runners);
    const versions = Object.assign({}, ...runners.map((runner) => runner.versions)) as Record<string, string>;
    report(versions, passes, differences(ways.map((_, at) => floatsOf(found(at)))));
  } finally {
    for (const runner of runners) runner.end();
    rmSync(folder, { recursive: true });
  }
}

/** @returns the shape of one tensor. */
async function writeTensors(spec: ModelSpec, photographs: string, file: string): Promise<readonly number[]> {
  const names = readdirSync(photographs).toSorted();
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const batch = preprocessor.allocate(1);
  const tensors: Buffer[] = [];
  for (let at = 0; at < numImages; at++) {
    const name = names[Math.floor((at * names.length) / numImages)]!;
    await preprocessor.fill(Image.fromUri(join(photographs, name)), batch, 0);
    tensors.push(Buffer.from((batch.data as Int32Array).slice().buffer));
  }
  writeFileSync(file, Buffer.concat(tensors));
  return batch.shape;
}

/** One pass of each in turn, so that whoever else uses the machine slows all of them down; every
 * other round backwards.
 */
async function inTurns(runners: readonly Runner[]): Promise<Pass[][]> {
  const passes: Pass[][] = runners.map(() => []);
  for (const runner of runners) await runner.pass();
  for (let round = 0; round < rounds; round++) {
    const order = [...runners.keys()];
    for (const at of round % 2 === 0 ? order : order.toReversed()) passes[at]!.push(await runners[at]!.pass());
  }
  return passes;
}

function floatsOf(file: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

/** The greatest difference of scores and of edges of boxes, as shares of the image, from those of
 * Python on one thread.
 */
function differences(
  found: readonly Float32Array[],
): { readonly name: string; readonly scores: number; readonly boxes: number }[] {
  const wanted = found[ways.findIndex(({ runtime }) => runtime === 'python')]!;
  return ways.map(({ name }, at) => {
    const own = found[at]!;
    if (own.length !== numImages * (numScores + numEdges)) throw new Error(`${name}: ${own.length} numbers`);
    const worst = { scores: 0, boxes: 0 };
    for (const [place, value] of own.entries()) {
      const part = place % (numScores + numEdges) < numScores ? 'scores' : 'boxes';
      worst[part] = Math.max(worst[part], Math.abs(value - wanted[place]!));
    }
    return { name, ...worst };
  });
}

function report(
  versions: Readonly<Record<string, string>>,
  passes: readonly Pass[][],
  differ: ReturnType<typeof differences>,
): void {
  const rates = passes.map((list) => list.map(({ seconds }) => numImages / seconds));
  const found = ways.map(({ name, threads, inFlight }, at) => {
    const among = (runtime: Job['runtime']): number[][] =>
      rates.filter(
        (_, other) =>
          ways[other]!.runtime === runtime &&
          Math.max(ways[other]!.threads, ways[other]!.inFlight) === Math.max(threads, inFlight),
      );
    const over = (others: readonly number[][]) =>
      spreadOf(rates[at]!.map((rate, round) => rate / Math.max(...others.map((other) => other[round]!))));
    const row = {
      ...{ name, threads, inFlight, imagesPerSecond: spreadOf(rates[at]!) },
      cpuMs: spreadOf(passes[at]!.map(({ cpuSeconds }) => (1000 * cpuSeconds) / numImages)),
      ...{ timesPython: over(among('python')), timesWholeGraph: over(among('saved-model')) },
      ...{ timesWasm: over(among('wasm')), scoresDiffer: differ[at]!.scores, boxesDiffer: differ[at]!.boxes },
    };
    const { imagesPerSecond: rate, cpuMs, timesPython, timesWholeGraph, timesWasm } = row;
    console.log(
      `${name.padEnd(24)} ${rate.median} images/s (${rate.least} to ${rate.most}), ${cpuMs.median} ms of CPU; ` +
        `x ${timesPython.median} of Python, ${timesWholeGraph.median} of the whole graph, ${timesWasm.median} of WASM; ` +
        `scores differ by ${row.scoresDiffer.toExponential(1)}, boxes by ${row.boxesDiffer.toExponential(1)}`,
    );
    return row;
  });
  writeResult('tfjs-node', versions, { rounds, photographs: numImages, found });
}
