import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExitGuard, createThreadPool, packTensors, type ExitGuard, type Parcel } from '@qualm/threads';
import {
  assertOptions,
  assertText,
  filePlace,
  QualmError,
  wrongArgument,
  type Backend,
  type BackendModel,
  type LoadOptions,
  type ModelFiles,
  type TensorMap,
} from '@qualm/types';
import { checkFiles } from './check-files.ts';
import { checkInputs } from './check-tensors.ts';
import type { SessionConfig, SessionInfo, SessionRequest } from './tfjs-session.ts';
import type { TfjsDevice } from './tfjs-runtime.ts';

const ownWorker = new URL('../dist/worker.js', import.meta.url);

/** How TF.js models are run. */
export interface TfjsBackendOptions {
  /** Which kernels: `auto` takes node-gpu, else node, else wasm; `cpu` is plain JavaScript, slow, and has the most operations. */
  readonly runtime?: TfjsDevice | 'auto';
  /** Sessions, each with a copy of the model in a thread of its own. By default one for each core up to 8 on `wasm` and
   * `cpu`, which compute on one thread, and one on `node` and `node-gpu`, which bring threads of their own. */
  readonly sessions?: number;
  /** The folder from which the @tensorflow packages are looked up, as Node does; this package's own by default. */
  readonly resolveFrom?: string | URL;
  /** The file that each worker thread runs, as a `file:` URL or an absolute path, where a bundler moved the code: what became of
   * `@qualm/inference-tfjs/worker`. By default the one of this package. */
  readonly worker?: URL | string;
}

/** A backend that runs TensorFlow.js graph models and layers models from disk, in worker threads.
 * The spec's `backendOptions: { outputs: ["concat_1"] }` puts other nodes in the place of the model's own outputs.
 * @throws RangeError when `sessions` is not a positive integer, or `worker` no place of a file.
 * @example const model = await createTfjsBackend().load({ model: '/models/coco-ssd/model.json' }) // model.device === 'wasm'
 */
export function createTfjsBackend(options: TfjsBackendOptions = {}): Backend {
  assertOptions('createTfjsBackend', options, "{ runtime: 'wasm' }");
  const { runtime = 'auto', sessions, resolveFrom = new URL('.', import.meta.url), worker = ownWorker } = options;
  if (sessions !== undefined && !(Number.isInteger(sessions) && sessions > 0)) {
    throw new RangeError(`createTfjsBackend: sessions is ${String(sessions)}; wanted a positive integer`);
  }
  if (!runtimes.includes(runtime))
    throw wrongArgument('createTfjsBackend', 'runtime', runtime, `one of ${runtimes.join(', ')}`);
  if (!(resolveFrom instanceof URL))
    assertText('createTfjsBackend', 'resolveFrom', resolveFrom, 'a folder: a path or a URL');
  const entry = filePlace('createTfjsBackend', 'worker', worker);
  const guard = createExitGuard();
  return {
    name: 'tfjs',
    async load(files, options: LoadOptions = {}) {
      checkFiles(files, options);
      const config = sessionConfig(files, runtime, folderOf(resolveFrom));
      return loadModel(config, sessions, entry, guard, options.signal);
    },
  };
}

const runtimes: readonly string[] = ['auto', 'node-gpu', 'node', 'wasm', 'cpu'];

function sessionConfig(files: ModelFiles, runtime: TfjsDevice | 'auto', resolveFrom: string): SessionConfig {
  const { model, backendOptions: { outputs } = {}, followLinks = false } = files;
  const config = { model, runtime, resolveFrom, followLinks };
  if (outputs === undefined) return config;
  if (!Array.isArray(outputs) || outputs.length === 0 || !outputs.every((name) => typeof name === 'string')) {
    throw new QualmError('spec-invalid', 'backendOptions.outputs of a TF.js model is not a list of node names');
  }
  return { ...config, outputs };
}

function folderOf(place: string | URL): string {
  return resolve(String(place).startsWith('file:') ? fileURLToPath(place) : String(place));
}

function defaultSessions({ device }: SessionInfo): number {
  return device === 'wasm' || device === 'cpu' ? Math.min(availableParallelism(), 8) : 1;
}

async function loadModel(
  config: SessionConfig,
  sessions: number | undefined,
  entry: URL | string,
  guard: ExitGuard,
  signal: AbortSignal | undefined,
): Promise<BackendModel> {
  const pool = await createThreadPool<SessionRequest, TensorMap, SessionInfo>({
    entry,
    entryAdvice: 'name its place with createTfjsBackend({ worker })',
    name: `tfjs "${config.model}"`,
    guard,
    signal,
    silent: true,
    pack: packRequest,
    threads: (first) => sessions ?? defaultSessions(first),
    // The first session settles the runtime.
    workerData: (first) => (first ? { ...config, runtime: first.device } : config),
  });
  const { device, inputs, outputs, warnings } = pool.info;
  const all = outputs.map(({ name }) => name);
  return {
    device,
    inputs,
    outputs,
    warnings,
    concurrency: pool.size,
    async run(tensors, { signal, outputs: wanted = all } = {}) {
      checkInputs(tensors, inputs);
      return pool.run({ inputs: tensors, outputs: wanted }, { signal });
    },
    // Elsewhere kernels have threads of their own, which would wait while this one is at something else.
    ...((device === 'wasm' || device === 'cpu') && { runPart: pool.runPart }),
    dispose: () => pool.dispose(),
  };
}

function packRequest({ inputs, outputs }: SessionRequest): Parcel<SessionRequest> {
  const { value, transfer } = packTensors(inputs);
  return { value: { inputs: value, outputs }, transfer };
}
