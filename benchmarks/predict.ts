import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import { Image } from '@qualm/types';
import * as vision from '@qualm/vision';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/predict.ts [rounds]
 *
 * Images per second of predictStream over 200 photographs, of YOLOX-nano and the SSD, in the
 * same rounds as
 * - the bound: CPU time of a bare, single-threaded session.run and of a bare sharp decode,
 *   summed, over the cores; and the same with our own reading, decoding, fitting and writing of
 *   the tensor in the place of sharp's decode;
 * - Python (PYTHON, python3 when unset; wants onnxruntime, numpy, pillow,
 *   opencv-python-headless): a plain loop, and the best-tuned form known, a pool of
 *   single-threaded processes; and the delay of the caller's event loop meanwhile, and the peak
 *   memory of a process for 200 and for 2,000 images (medians of 3). */

const rounds = Number(process.argv[2] ?? 3);
const cores = availableParallelism();
const here = import.meta.dirname;
const data = process.env['QUALM_TEST_DATA'] ?? join(here, '../../shared/data');
const folder = join(data, 'coco-val2017', 'images');
const specs = ['yolox-nano', 'ssd-fpnlite'];

if (process.argv[2] === 'memory') await runForMemory(process.argv[3]!, Number(process.argv[4]));
else if (existsSync(folder)) await measureAll();
else console.warn(`skipped: no photographs in ${folder}; set QUALM_TEST_DATA`);

function photographs(count: number): string[] {
  const names = readdirSync(folder).sort().slice(0, 200);
  return Array.from({ length: count }, (_, i) => join(folder, names[i % names.length]!));
}

async function load(spec: string): Promise<ImageModel> {
  const resolved = await readModelSpec(join(here, `../examples/models/${spec}.json`), { root: join(data, 'models') });
  return loadModel(resolved, { backends: { onnx: createOnnxBackend({ device: 'cpu' }) }, vision });
}

/** Reads all rows and keeps none. */
async function drain(model: ImageModel, paths: readonly string[]): Promise<void> {
  for await (const { error } of predictStream(paths, model)) if (error) throw new Error(error.message);
}

interface Speed {
  /** Images per second of wall clock. */
  readonly rate: number;
  /** CPU time of the whole process for each image: also comparable where others use the machine. */
  readonly cpuMs: number;
}

async function speedOf(count: number, run: () => Promise<unknown>): Promise<Speed> {
  const began = performance.now();
  const cpuBegan = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(cpuBegan);
  return { rate: (1000 * count) / (performance.now() - began), cpuMs: (user + system) / 1000 / count };
}

async function delayed(model: ImageModel, paths: readonly string[]): Promise<Speed & { readonly p99: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const speed = await speedOf(paths.length, () => drain(model, paths));
  delay.disable();
  return { ...speed, p99: delay.percentile(99) / 1e6 };
}

/** CPU time for each image in ms. */
interface Work {
  readonly run: number;
  /** sharp: from the file to pixels. */
  readonly decode: number;
  /** Ours: from the file to the tensor. */
  readonly fill: number;
}

/** The work that nobody can leave out, on one thread each. */
async function bareWork(model: ImageModel, paths: readonly string[]): Promise<Work> {
  const session = await InferenceSession.create(join(model.root, model.spec.files.model), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const preprocessor = vision.createPreprocessor(model.spec.input, { threads: 1 });
  const batch = preprocessor.allocate(1);
  const fillAll = async (): Promise<void> => {
    for (const path of paths) await preprocessor.fill(Image.fromUri(path), batch, 0);
  };
  await fillAll();
  const input = new OnnxTensor(batch.dtype as 'float32', batch.data.slice() as Float32Array, batch.shape);
  const feeds = { [model.inputName]: input };
  await session.run(feeds);
  const run = await speedOf(60, async () => {
    for (let i = 0; i < 60; i++) await session.run(feeds);
  });
  await session.release();
  sharp.concurrency(1);
  const decode = await speedOf(paths.length, async () => {
    for (const path of paths) await sharp(path, { ignoreIcc: true }).raw().toBuffer();
  });
  const fill = await speedOf(paths.length, fillAll);
  await preprocessor.dispose!();
  return { run: run.cpuMs, decode: decode.cpuMs, fill: fill.cpuMs };
}

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  /** Images per second. */
  readonly rates: Readonly<Record<string, number>>;
}

function python(spec: string): PythonResult {
  const args = [
    join(here, 'python/predict.py'),
    join(here, `../examples/models/${spec}.json`),
    join(data, 'models'),
    folder,
  ];
  return JSON.parse(execFileSync(process.env['PYTHON'] ?? 'python3', args, { encoding: 'utf8' })) as PythonResult;
}

/** Peak resident memory in MB of a process of its own that predicts `count` images. */
function peakMemory(spec: string, count: number): number {
  const args = [...process.execArgv, import.meta.filename, 'memory', spec, String(count)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function medianOf3(measureOnce: () => number): number {
  return [measureOnce(), measureOnce(), measureOnce()].sort((a, b) => a - b)[1]!;
}

async function runForMemory(spec: string, count: number): Promise<void> {
  const model = await load(spec);
  await drain(model, photographs(count));
  await model.dispose();
  console.log(process.resourceUsage().maxRSS / 1024);
}

function best<T>(list: readonly T[], value: (item: T) => number): T {
  return list.reduce((first, item) => (value(item) > value(first) ? item : first));
}

/** Images per second if all cores did nothing but so many ms of work for each. */
function bound(cpuMs: number): number {
  return (1000 * cores) / cpuMs;
}

async function measure(spec: string): Promise<Record<string, unknown>> {
  const paths = photographs(200);
  const model = await load(spec);
  await drain(model, paths);
  const found = [];
  const peers: PythonResult[] = [];
  // In turns, so that whoever else uses the machine slows all of them down.
  for (let round = 0; round < rounds; round++) {
    const work = await bareWork(model, paths);
    found.push({ bound: bound(work.run + work.decode), work, ours: await delayed(model, paths) });
    peers.push(python(spec));
  }
  const { concurrency } = model;
  await model.dispose();
  const { bound: floor, work } = best(found, (round) => round.bound);
  const own = bound(work.run + work.fill);
  const ours = best(found, (round) => round.ours.rate).ours;
  const rates = Object.fromEntries(
    Object.keys(peers[0]!.rates).map((name) => [name, Math.max(...peers.map((peer) => peer.rates[name]!))]),
  );
  const memory = { 200: medianOf3(() => peakMemory(spec, 200)), 2000: medianOf3(() => peakMemory(spec, 2000)) };
  console.log(
    `${spec}: ${ours.rate.toFixed(1)} images/s, ${(ours.rate / floor).toFixed(2)} of the bound ${floor.toFixed(1)} ` +
      `(run ${work.run.toFixed(1)} ms + decode ${work.decode.toFixed(1)} ms of CPU on ${cores} cores), ` +
      `${(ours.rate / own).toFixed(2)} of ${own.toFixed(1)} with our fill of ${work.fill.toFixed(1)} ms; ` +
      `${ours.cpuMs.toFixed(1)} ms of CPU an image`,
  );
  for (const [name, rate] of Object.entries(rates)) {
    console.log(
      `  Python, ${name}: ${rate.toFixed(1)} images/s, so we are ${(ours.rate / rate).toFixed(2)} times as fast`,
    );
  }
  console.log(`  event loop delay p99 ${ours.p99.toFixed(1)} ms (1 ms of it is the timer's)`);
  const growth = memory[2000] / memory[200];
  console.log(
    `  peak RSS ${memory[200].toFixed(0)} MB for 200, ${memory[2000].toFixed(0)} MB for 2,000: ${growth.toFixed(2)} times`,
  );
  return {
    spec,
    bound: floor,
    work,
    ours,
    ofBound: ours.rate / floor,
    ofOwnWork: ours.rate / own,
    concurrency,
    python: rates,
    versions: peers[0]!.versions,
    memory,
    growth,
  };
}

async function measureAll(): Promise<void> {
  const results = [];
  for (const spec of specs) results.push(await measure(spec));
  writeResult('predict', { sharp: sharp.versions.sharp, vips: sharp.versions.vips }, { rounds, results });
}
