import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as converter from '@tensorflow/tfjs-converter';
import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import type * as wasm from '@tensorflow/tfjs-backend-wasm';
import { QualmError, type Warning } from '@qualm/types';

/** A TF.js kernel set that can do the arithmetic, fastest first. */
export type TfjsDevice = 'node-gpu' | 'node' | 'wasm' | 'cpu';

/** TF.js with one kernel set switched on. */
export interface TfjsRuntime {
  readonly device: TfjsDevice;
  readonly tf: typeof core;
  readonly loadGraphModel: typeof converter.loadGraphModel;
  loadLayersModel(handler: core.io.IOHandler): Promise<layers.LayersModel>;
  /** A layers model that also yields what lies between its layers. */
  layersModel(config: Parameters<typeof layers.model>[0]): Promise<layers.LayersModel>;
  readonly warnings: readonly Warning[];
}

type Union = typeof core & typeof converter & typeof layers;

const packages: Readonly<Record<TfjsDevice, readonly string[]>> = {
  'node-gpu': ['@tensorflow/tfjs-node-gpu'],
  node: ['@tensorflow/tfjs-node'],
  wasm: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-converter', '@tensorflow/tfjs-backend-wasm'],
  cpu: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-converter', '@tensorflow/tfjs-backend-cpu'],
};

/** TF.js on the runtime asked for; `auto` takes the first of node-gpu, node and wasm that starts,
 * and says so in `warnings`. Where TensorFlow finds no GPU, what tfjs-node-gpu runs is `node`.
 * @param resolveFrom the folder from which the packages are looked up, as Node does.
 * @throws QualmError `backend-unavailable`, naming the npm packages to install, or what the GPU
 * needs.
 */
export async function loadTfjsRuntime(choice: TfjsDevice | 'auto', resolveFrom: string): Promise<TfjsRuntime> {
  const candidates: readonly TfjsDevice[] = choice === 'auto' ? ['node-gpu', 'node', 'wasm'] : [choice];
  const failures: Error[] = [];
  for (const wanted of candidates) {
    try {
      const { missing, ...runtime } = await start(wanted, createRequire(join(resolveFrom, 'index.js')));
      if (missing && choice !== 'auto') throw missing;
      if (missing) failures.push(missing);
      return { ...runtime, warnings: failures.length > 0 ? [fallback(runtime.device, failures)] : [] };
    } catch (cause) {
      failures.push(QualmError.is(cause) ? cause : unavailable(wanted, cause));
    }
  }
  if (choice !== 'auto') throw failures[0]!;
  throw new QualmError('backend-unavailable', failures.map(({ message }) => message).join('\n'), {
    cause: failures.at(-1),
  });
}

/** A runtime, and what it lacks of the device that was wanted. */
interface Started extends Omit<TfjsRuntime, 'warnings'> {
  readonly missing: QualmError | null;
}

async function start(wanted: TfjsDevice, require: NodeJS.Require): Promise<Started> {
  const isNative = wanted === 'node' || wanted === 'node-gpu';
  if (isNative) restoreUtil(require);
  const modules = await Promise.all(packages[wanted].map((name) => load(name, require)));
  const tf = Object.assign({}, ...modules) as Union & typeof wasm;
  if (wanted === 'wasm') tf.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  const name = isNative ? 'tensorflow' : wanted;
  if (!(await tf.setBackend(name))) throw new Error(`TF.js could not start its backend "${name}"`);
  await tf.ready();
  const { isUsingGpuDevice: hasGpu = false, binding } = tf.backend() as NativeBackend;
  const device = isNative ? (hasGpu ? 'node-gpu' : 'node') : wanted;
  const missing = wanted === 'node-gpu' && !hasGpu ? withoutGpu(binding?.TF_Version ?? 'libtensorflow') : null;
  const withLayers = async (): Promise<typeof layers> =>
    'loadLayersModel' in tf ? tf : ((await load('@tensorflow/tfjs-layers', require)) as typeof layers);
  return {
    missing,
    device,
    tf,
    loadGraphModel: tf.loadGraphModel,
    loadLayersModel: async (handler) => (await withLayers()).loadLayersModel(handler),
    layersModel: async (config) => (await withLayers()).model(config),
  };
}

/** What tfjs-node's backend says of the library that it runs on. */
interface NativeBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly binding?: { readonly TF_Version?: string };
}

/** tfjs-node 4.22 calls a function of `util` that Node 23 no longer has. Each worker thread has a
 * `util` of its own.
 */
function restoreUtil(require: NodeJS.Require): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

async function load(name: string, require: NodeJS.Require): Promise<object> {
  const module = (await import(pathToFileURL(require.resolve(name)).href)) as { default?: object };
  return module.default ?? module;
}

function unavailable(device: TfjsDevice, cause: unknown): QualmError {
  return new QualmError(
    'backend-unavailable',
    `TF.js runtime "${device}" cannot start (${firstLine(cause)}); npm install ${packages[device].join(' ')}`,
    { cause },
  );
}

function withoutGpu(version: string): QualmError {
  return new QualmError(
    'backend-unavailable',
    `TF.js runtime "node-gpu" cannot start (TensorFlow ${version} finds no GPU); it needs an NVIDIA driver, with CUDA ` +
      'and cuDNN of the versions that this TensorFlow was built for (2.9: CUDA 11.2 and cuDNN 8.1; 2.18: CUDA 12.5 and ' +
      'cuDNN 9.3) where the linker finds them (LD_LIBRARY_PATH)',
  );
}

function fallback(device: TfjsDevice, failures: readonly Error[]): Warning {
  return { code: 'runtime-fallback', message: `TF.js runs on ${device}: ${failures.map((f) => f.message).join('; ')}` };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
}
