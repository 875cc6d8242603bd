import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import type { OnnxBackendOptions } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import type { Detections, ResolvedModel } from '@qualm/types';
import * as vision from '@qualm/vision';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { writeResult } from '../write-result.ts';

/* Usage: node cuda.js <models> <photographs> [equal|speed]   (see README.md beside this file)
 *
 * `equal`: boxes of both devices, photograph by photograph. `speed`: images per second of a bare
 * session.run and of predictStream, from file to rows, with how busy the GPU was; without a
 * word, both, where NVIDIA_TF32_OVERRIDE=0 in a process of its own shows what TensorFloat-32
 * costs in precision. */

const [models = '', photographs = '', part] = process.argv.slice(2);
const here = import.meta.dirname;
const paths = readdirSync(photographs)
  .sort()
  .map((name) => join(photographs, name));
const batches = [1, 16, 64];
/** Sessions, and images a run. */
const shapes = [...batches.map((batch) => [1, batch] as const), [2, 1], [2, 16], [4, 16]] as const;
const secondsEach = 4;
/** Boxes fainter than this are not compared: at the head's own threshold either device drops some
 * that the other keeps.
 */
const minScore = 0.05;

interface Case {
  readonly name: string;
  readonly resolved: ResolvedModel;
  readonly shape: readonly number[];
  readonly dtype: 'uint8' | 'float32';
}

if (part === 'equal') console.log(JSON.stringify(await compareAll()));
else if (part === 'speed') console.log(JSON.stringify(await speedOfAll()));
else {
  const equal = { default: inOwnProcess('equal'), withoutTf32: inOwnProcess('equal', { NVIDIA_TF32_OVERRIDE: '0' }) };
  console.log(JSON.stringify(equal, null, 1));
  const speed = inOwnProcess('speed');
  writeResult('gpu-cuda', { onnxruntime: runtimeVersion(), ...gpu() }, { photographs: paths.length, equal, speed });
}

/** A part in a process of its own, so that no session of one outlives into the next. */
function inOwnProcess(name: string, env: Readonly<Record<string, string>> = {}): unknown {
  const answer = execFileSync(process.execPath, [import.meta.filename, models, photographs, name], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(answer);
}

async function cases(): Promise<Case[]> {
  const specs = join(here, '../../examples/models');
  const ssd = await readModelSpec(join(specs, 'ssd-fpnlite.json'), { root: models });
  const { spec, root } = await readModelSpec(join(specs, 'yolox-nano.json'), { root: models });
  const { batch: _, ...input } = spec.input;
  const yolox = { root, spec: { ...spec, input, files: { model: 'yolox_nano_dynamic.onnx' } } };
  return [
    { name: 'ssd-fpnlite', resolved: ssd, shape: [256, 256, 3], dtype: 'uint8' },
    { name: 'yolox-nano', resolved: yolox, shape: [3, 416, 416], dtype: 'float32' },
  ];
}

function load({ resolved }: Case, options: OnnxBackendOptions): Promise<ImageModel<'detections'>> {
  const onnx = createOnnxBackend(options);
  return loadModel(resolved, { backends: { onnx }, vision, form: 'detections' });
}

async function compareAll(): Promise<object[]> {
  const found = [];
  for (const one of await cases()) {
    const cuda = await rowsOf(one, { device: 'cuda' });
    // `all` fuses an int8 file's quantised layers into whole-number kernels, `basic` computes them
    // in float32 as CUDA does.
    for (const graphOptimization of ['all', 'basic'] as const) {
      const cpu = await rowsOf(one, { device: 'cpu', graphOptimization });
      found.push({ name: one.name, cpu: graphOptimization, ...compare(cpu, cuda) });
    }
  }
  return found;
}

function compare(cpu: readonly Detections[], cuda: readonly Detections[]): object {
  let boxes = 0;
  let unmatched = 0;
  let maxScore = 0;
  let maxPixel = 0;
  for (const [image, left] of cpu.entries()) {
    const right = cuda[image]!;
    const pairs = [...match(left, right), ...match(right, left)];
    for (const pair of pairs) {
      boxes++;
      if (!pair) unmatched++;
      else {
        maxScore = Math.max(maxScore, pair.score);
        maxPixel = Math.max(maxPixel, pair.pixel);
      }
    }
  }
  return { images: cpu.length, boxes: boxes / 2, unmatched, maxScore, maxPixel };
}

async function rowsOf(one: Case, options: OnnxBackendOptions): Promise<Detections[]> {
  const model = await load(one, options);
  if (model.device !== options.device) throw new Error(`${one.name} runs on ${model.device}, wanted ${options.device}`);
  const rows = [];
  for await (const { detections, error } of predictStream(paths, model)) {
    if (!detections) throw new Error(error?.message);
    rows.push(detections);
  }
  await model.dispose();
  return rows;
}

/** For each box of `left` from `minScore` on, how far the box of `right` with its class that is
 * nearest lies from it; null where none is within 2 pixels.
 */
function match(left: Detections, right: Detections): ({ readonly score: number; readonly pixel: number } | null)[] {
  const found = [];
  for (let row = 0; row < left.length; row++) {
    if (left.scores[row]! < minScore) continue;
    let best = null;
    for (let other = 0; other < right.length; other++) {
      if (right.labelIds[other] !== left.labelIds[row]) continue;
      const pixel = Math.max(
        ...[0, 1, 2, 3].map((i) => Math.abs(left.boxes[4 * row + i]! - right.boxes[4 * other + i]!)),
      );
      const score = Math.abs(left.scores[row]! - right.scores[other]!);
      if (pixel <= 2 && (!best || pixel < best.pixel)) best = { score, pixel };
    }
    found.push(best);
  }
  return found;
}

async function speedOfAll(): Promise<object[]> {
  const found = [];
  for (const one of await cases()) {
    const bare = [];
    for (const batch of batches) bare.push(await bareSpeed(one, batch));
    const predict = [await predictSpeed(one, { device: 'cpu' }, 1)];
    for (const [sessions, batch] of shapes) predict.push(await predictSpeed(one, { device: 'cuda', sessions }, batch));
    found.push({ name: one.name, bare, predict });
    console.error(JSON.stringify(found.at(-1)));
  }
  return found;
}

/** Runs of one batch, one after the other, with all outputs brought back. */
async function bareSpeed(one: Case, batch: number): Promise<object> {
  const { root, spec } = one.resolved;
  const session = await InferenceSession.create(join(root, spec.files.model), { executionProviders: ['cuda'] });
  const size = batch * one.shape.reduce((a, b) => a * b);
  const data = one.dtype === 'uint8' ? new Uint8Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = (i * 31) % 255;
  const feeds = { [session.inputNames[0]!]: new OnnxTensor(one.dtype, data as never, [batch, ...one.shape]) };
  for (let i = 0; i < 5; i++) await session.run(feeds);
  const speed = await timed(async () => {
    await session.run(feeds);
    return batch;
  });
  await session.release();
  return { batch, ...speed };
}

async function predictSpeed(one: Case, options: OnnxBackendOptions, batchSize: number): Promise<object> {
  const model = await load(one, options);
  const many = [...paths, ...paths, ...paths, ...paths];
  const drain = async (): Promise<number> => {
    for await (const { error } of predictStream(many, model, { batchSize })) if (error) throw new Error(error.message);
    return many.length;
  };
  await drain();
  const speed = await timed(drain);
  await model.dispose();
  return { ...options, batch: batchSize, ...speed };
}

interface Speed {
  /** Images per second. */
  readonly rate: number;
  /** CPU time for each image in ms, and how many of the cores were busy. */
  readonly cpuMs: number;
  readonly coresBusy: number;
  /** Share of the time that the calling thread was busy: near 1 it is what holds the rest back. */
  readonly callerBusy: number;
  /** Percent of the time that a kernel ran, the mean of what nvidia-smi said every 200 ms. */
  readonly gpuBusy: number;
}

async function timed(run: () => Promise<number>): Promise<Speed> {
  const watch = spawn('nvidia-smi', ['--query-gpu=utilization.gpu', '--format=csv,noheader,nounits', '-lms', '200']);
  let said = '';
  watch.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  const loopBegan = performance.eventLoopUtilization();
  let images = 0;
  while (performance.now() - began < 1000 * secondsEach) images += await run();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBegan);
  watch.kill();
  // The first second of what nvidia-smi says is of the time before.
  const samples = said.trim().split('\n').map(Number).slice(5);
  const gpuBusy = samples.reduce((sum, percent) => sum + percent, 0) / samples.length;
  const cpuMs = (user + system) / 1000;
  const callerBusy = performance.eventLoopUtilization(loopBegan).utilization;
  return { rate: (1000 * images) / ms, cpuMs: cpuMs / images, coresBusy: cpuMs / ms, callerBusy, gpuBusy };
}

function runtimeVersion(): string {
  const file = join(here, '../../node_modules/onnxruntime-node/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function gpu(): Record<string, string> {
  const names = ['name', 'driver_version', 'memory.total'];
  const query = [`--query-gpu=${names.join(',')}`, '--format=csv,noheader'];
  const values = execFileSync('nvidia-smi', query, { encoding: 'utf8' }).trim().split(', ');
  return { ...Object.fromEntries(names.map((name, i) => [name, values[i]!])), cores: String(availableParallelism()) };
}
