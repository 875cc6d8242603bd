import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createSessionBackend } from '@qualm/threads';
import {
  assertOptions,
  assertText,
  filePlace,
  QualmError,
  wrongArgument,
  type Backend,
  type ModelFiles,
} from '@qualm/types';
import type { SessionConfig } from './tfjs-session.ts';
import type { TfjsDevice } from './tfjs-runtime.ts';

const ownWorker = new URL('../dist/worker.js', import.meta.url);

/** How TF.js models are run. */
export interface TfjsBackendOptions {
  /** Which kernels: `auto` takes node-gpu, else node, else wasm; `cpu` is plain JavaScript, slow,
   * and has the most operations.
   */
  readonly runtime?: TfjsDevice | 'auto';
  /** Sessions, each with a copy of the model in a thread of its own. By default one for each core
   * up to 8 on `wasm` and `cpu`, which compute on one thread, and one on `node` and `node-gpu`,
   * which bring threads of their own. */
  readonly sessions?: number;
  /** The folder from which the @tensorflow packages are looked up, as Node does; this package's own
   * by default.
   */
  readonly resolveFrom?: string | URL;
  /** The file that each worker thread runs, as a `file:` URL or an absolute path, where a bundler
   * moved the code: what became of `@qualm/inference-tfjs/worker`. By default the one of this
   * package. */
  readonly worker?: URL | string;
}

/** A backend that runs TensorFlow.js graph models and layers models from disk, in worker threads.
 * The spec's `backendOptions: { outputs: ["concat_1"] }` puts other nodes in the place of the
 * model's own outputs.
 * @throws RangeError when `sessions` is not a positive integer, or `worker` no place of a file.
 * @example const model = await createTfjsBackend().load({ model: '/models/coco-ssd/model.json' }) // model.device === 'wasm'
 */
export function createTfjsBackend(options: TfjsBackendOptions = {}): Backend {
  assertOptions('createTfjsBackend', options, "{ runtime: 'wasm' }");
  const { runtime = 'auto', sessions, resolveFrom = new URL('.', import.meta.url), worker = ownWorker } = options;
  if (sessions !== undefined && !(Number.isInteger(sessions) && sessions > 0)) {
    throw new RangeError(`createTfjsBackend: sessions is ${String(sessions)}; expected a positive integer`);
  }
  if (!runtimes.includes(runtime))
    throw wrongArgument('createTfjsBackend', 'runtime', runtime, `one of ${runtimes.join(', ')}`);
  if (!(resolveFrom instanceof URL))
    assertText('createTfjsBackend', 'resolveFrom', resolveFrom, 'a folder: a path or a URL');
  const place = filePlace('createTfjsBackend', 'worker', worker);
  const module = place instanceof URL ? place.href : pathToFileURL(place).href;
  const own = { runtime, resolveFrom: folderOf(resolveFrom), ...(sessions !== undefined && { sessions }) };
  return createSessionBackend('tfjs', async (files) => {
    const moduleAdvice = 'name its place with createTfjsBackend({ worker })';
    const options: SessionConfig = { ...own, ...modelConfig(files) };
    return { name: `tfjs "${files.model}"`, module, moduleAdvice, options, silent: true };
  });
}

const runtimes: readonly string[] = ['auto', 'node-gpu', 'node', 'wasm', 'cpu'];

function modelConfig(files: ModelFiles): Pick<SessionConfig, 'model' | 'followLinks' | 'outputs'> {
  const { model, backendOptions: { outputs } = {}, followLinks = false } = files;
  const config = { model, followLinks };
  if (outputs === undefined) return config;
  if (!Array.isArray(outputs) || outputs.length === 0 || !outputs.every((name) => typeof name === 'string')) {
    throw new QualmError('spec-invalid', 'backendOptions.outputs of a TF.js model is not a list of node names');
  }
  return { ...config, outputs };
}

function folderOf(place: string | URL): string {
  return resolve(String(place).startsWith('file:') ? fileURLToPath(place) : String(place));
}
