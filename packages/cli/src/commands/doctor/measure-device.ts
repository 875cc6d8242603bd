import { resolve } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import type { OnnxDevice } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import type { TfjsDevice } from '@qualm/inference-tfjs';
import { QualmError } from '@qualm/types';
import type { Backend, BackendModel, ResolvedModel, TensorMap } from '@qualm/types';
import { createPreprocessor } from '@qualm/vision';
import { backendsWith } from '../../input/backends-with.ts';

/** What a process that measures one device is told. */
export interface DeviceTask {
  readonly model: ResolvedModel;
  readonly device: string;
  readonly seconds: number;
  /** `--backend`, and the folder that it is relative to. */
  readonly backend?: string | undefined;
  readonly cwd: string;
}

/** What a model does on a device. */
export interface Measured {
  /** Images a second, without reading and decoding them. */
  readonly rate: number;
  readonly sessions: number;
  /** Images in a run. */
  readonly batch: number;
  readonly loadMs: number;
  readonly runMs: number;
}

/** The devices to try for a flavor; of a backend of the user's own there is one. */
export function devicesFor(flavor: string): readonly string[] {
  if (flavor === 'tfjs') return ['wasm', 'node', 'node-gpu'] satisfies TfjsDevice[];
  if (flavor !== 'onnx') return [flavor];
  const more: Readonly<Partial<Record<NodeJS.Platform, readonly OnnxDevice[]>>> = {
    linux: ['cuda', 'tensorrt', 'webgpu'],
    darwin: ['coreml', 'webgpu'],
    win32: ['dml', 'webgpu'],
  };
  return ['cpu', ...(more[process.platform] ?? [])];
}

/** Loads a model on a device, and runs it on empty images for so many seconds, in as many runs at
 * once as predicting has.
 * @throws QualmError where it cannot be loaded, or a run fails.
 */
export async function measureDevice({ model, device, seconds, backend, cwd }: DeviceTask): Promise<Measured> {
  const { spec, root, followLinks = false } = model;
  const { flavor, files, backendOptions, input } = spec;
  const began = performance.now();
  const loaded = await (
    await backendOn(flavor, device, backend, cwd)
  ).load({
    ...{ model: resolve(root, files.model), followLinks },
    ...(backendOptions && { backendOptions }),
  });
  const loadMs = performance.now() - began;
  const [info] = loaded.inputs;
  const batch = input.batch ?? info?.shape[0] ?? 1;
  const images = createPreprocessor(input, { threads: 0 }).allocate(batch);
  const { runs, ms, runMs } = await runFor(loaded, { [input.name ?? info?.name ?? '']: images }, 1000 * seconds);
  await loaded.dispose();
  return { rate: (1000 * runs * batch) / ms, sessions: loaded.concurrency, batch, loadMs, runMs };
}

async function backendOn(flavor: string, device: string, own: string | undefined, cwd: string): Promise<Backend> {
  if (own === undefined && flavor === 'onnx') return createOnnxBackend({ device: device as OnnxDevice });
  if (own === undefined && flavor === 'tfjs') return createTfjsBackend({ runtime: device as TfjsDevice });
  const backends = await backendsWith({ backend: own }, cwd);
  if (Object.hasOwn(backends, flavor)) return backends[flavor]!;
  throw new QualmError('backend-unavailable', `doctor: no backend for flavor "${flavor}"; name one with --backend`);
}

/** Two runs for each session are under way, so that none waits; the first run of each is not
 * counted.
 */
async function runFor(
  model: BackendModel,
  inputs: TensorMap,
  limit: number,
): Promise<{ readonly runs: number; readonly ms: number; readonly runMs: number }> {
  await Promise.all(Array.from({ length: model.concurrency }, () => model.run(inputs)));
  const began = performance.now();
  const past = (): number => performance.now() - began;
  let runs = 0;
  const lane = async (): Promise<void> => {
    while (past() < limit) {
      await model.run(inputs);
      runs++;
    }
  };
  await Promise.all(Array.from({ length: 2 * model.concurrency }, lane));
  const ms = past();
  return { runs, ms, runMs: (ms * model.concurrency) / runs };
}
