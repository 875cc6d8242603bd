import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTensor, tensorSize } from '@qualm/types';
import type { BackendModel, Tensor } from '@qualm/types';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { writeResult } from './write-result.ts';

/* Usage: tsx --conditions @qualm/source benchmarks/onnx-sessions.ts [seconds for each
 * measurement]
 *
 * Runs per second of createOnnxBackend() against its floor: a bare, single-threaded session.run
 * on the main thread times the number of cores, measured in the same rounds. */
const seconds = Number(process.argv[2] ?? 4);
const rounds = 3;
const cores = availableParallelism();
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const models = path.join(process.env['QUALM_TEST_DATA'] ?? here('../../shared/data'), 'models');

const cases = [
  { file: 'yolox_nano.onnx', dtype: 'float32', shape: [1, 3, 416, 416] },
  { file: 'ssd_mobilenet_v2_fpnlite_10_256_int8.onnx', dtype: 'uint8', shape: [1, 256, 256, 3] },
] as const;

interface Speed {
  /** Runs for each second. */
  readonly rate: number;
  /** CPU time of the whole process for each run: also comparable where others use the machine. */
  readonly cpuMs: number;
}

/** The speed of `inFlight` loops side by side. */
async function speedOf(run: () => Promise<unknown>, inFlight: number): Promise<Speed> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const end = start + 1000 * seconds;
  let runs = 0;
  const loop = async (): Promise<void> => {
    for (; performance.now() < end; runs++) await run();
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  const { user, system } = process.cpuUsage(cpuStart);
  return { rate: (1000 * runs) / (performance.now() - start), cpuMs: (user + system) / 1000 / runs };
}

async function bareSession(file: string, { dtype, shape, data }: Tensor): Promise<() => Promise<unknown>> {
  const session = await InferenceSession.create(path.join(models, file), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const own = data.slice() as Float32Array;
  const run = (): Promise<unknown> =>
    session.run({ [session.inputNames[0]!]: new OnnxTensor(dtype as 'float32', own, shape) });
  await run();
  return run;
}

/** Speed, and the delay of the caller's event loop meanwhile in ms, the 1 ms of the timer included.
 */
async function measured(model: BackendModel, input: Tensor): Promise<Speed & { delay: Record<string, number> }> {
  const inputs = { [model.inputs[0]!.name]: input };
  const run = (): Promise<unknown> => model.run(inputs);
  await Promise.all(Array.from({ length: model.concurrency * 2 }, run));
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  const speed = await speedOf(run, model.concurrency * 2);
  histogram.disable();
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  return { ...speed, delay: { mean: ms(histogram.mean), p99: ms(histogram.percentile(99)), max: ms(histogram.max) } };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

async function compare({ file, dtype, shape }: (typeof cases)[number]): Promise<object> {
  const size = tensorSize(shape);
  const data =
    dtype === 'uint8' ? new Uint8Array(new SharedArrayBuffer(size)) : new Float32Array(new SharedArrayBuffer(4 * size));
  const input = createTensor(dtype, shape, data.map((_, i) => (i * 31) % 255) as never) as Tensor;
  const shared = { ...input, data } as Tensor;
  data.set(input.data as Uint8Array);
  const bare = await bareSession(file, input);
  const model = await createOnnxBackend({ device: 'cpu' }).load({ model: path.join(models, file) });
  const samples = [];
  for (let round = 0; round < rounds; round++) {
    const one = await speedOf(bare, 1);
    const all = await measured(model, shared);
    samples.push({ bare: one, ...all, share: all.rate / (one.rate * cores), cpuShare: one.cpuMs / all.cpuMs });
  }
  await model.dispose();
  const share = median(samples.map((sample) => sample.share));
  const cpuShare = median(samples.map((sample) => sample.cpuShare));
  const p99 = median(samples.map(({ delay }) => delay['p99']!));
  const rate = median(samples.map((sample) => sample.rate));
  console.log(
    `${file}: ${rate.toFixed(1)} runs/s with ${cores} sessions = ${(100 * share).toFixed(1)} % of ${cores} x a bare session ` +
      `(by CPU time ${(100 * cpuShare).toFixed(1)} %, medians of ${rounds}); event-loop delay p99 ${p99.toFixed(1)} ms`,
  );
  return { file, sessions: cores, share, cpuShare, rate, eventLoopDelayP99: p99, samples };
}

if (!existsSync(models)) throw new Error(`no models in ${models}; set QUALM_TEST_DATA`);
const results = [];
for (const entry of cases) results.push(await compare(entry));
writeResult('onnx-sessions', {}, { seconds, results });
