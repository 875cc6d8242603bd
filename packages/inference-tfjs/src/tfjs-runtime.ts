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
 * and says so in `warnings`.
 * @param resolveFrom the folder from which the packages are looked up, as Node does.
 * @throws QualmError `backend-unavailable`, naming the npm packages to install.
 */
export async function loadTfjsRuntime(choice: TfjsDevice | 'auto', resolveFrom: string): Promise<TfjsRuntime> {
  const candidates: readonly TfjsDevice[] = choice === 'auto' ? ['node-gpu', 'node', 'wasm'] : [choice];
  const failures: Error[] = [];
  for (const device of candidates) {
    try {
      const runtime = await start(device, createRequire(join(resolveFrom, 'index.js')));
      return { ...runtime, warnings: failures.length > 0 ? [fallback(device, failures)] : [] };
    } catch (cause) {
      failures.push(unavailable(device, cause));
    }
  }
  if (choice !== 'auto') throw failures[0]!;
  throw new QualmError('backend-unavailable', failures.map(({ message }) => message).join('\n'), {
    cause: failures.at(-1),
  });
}

async function start(device: TfjsDevice, require: NodeJS.Require): Promise<Omit<TfjsRuntime, 'warnings'>> {
  const modules = await Promise.all(packages[device].map((name) => load(name, require)));
  const tf = Object.assign({}, ...modules) as Union & typeof wasm;
  if (device === 'wasm') tf.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  const name = device === 'node' || device === 'node-gpu' ? 'tensorflow' : device;
  if (!(await tf.setBackend(name))) throw new Error(`TF.js could not start its backend "${name}"`);
  await tf.ready();
  const withLayers = async (): Promise<typeof layers> =>
    'loadLayersModel' in tf ? tf : ((await load('@tensorflow/tfjs-layers', require)) as typeof layers);
  return {
    device,
    tf,
    loadGraphModel: tf.loadGraphModel,
    loadLayersModel: async (handler) => (await withLayers()).loadLayersModel(handler),
    layersModel: async (config) => (await withLayers()).model(config),
  };
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

function fallback(device: TfjsDevice, failures: readonly Error[]): Warning {
  return { code: 'runtime-fallback', message: `TF.js runs on ${device}: ${failures.map((f) => f.message).join('; ')}` };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
}
