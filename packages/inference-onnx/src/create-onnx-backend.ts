import { stat } from 'node:fs/promises';
import { createExitGuard, createThreadPool, packTensors } from '@qualm/threads';
import type { ExitGuard, Parcel } from '@qualm/threads';
import { filePlace, QualmError } from '@qualm/types';
import type { Backend, BackendModel, TensorMap } from '@qualm/types';
import { checkFiles } from './check-files.ts';
import { checkRun } from './check-run.ts';
import type { OnnxBackendOptions } from './onnx-backend-options.ts';
import type { SessionInfo, SessionRequest, SessionStart } from './session-messages.ts';
import { checkOptions, readModelOptions, sessionShape } from './session-shape.ts';

const ownWorker = new URL('../dist/worker.js', import.meta.url);

/** A backend that runs `.onnx` files with ONNX Runtime, off the caller's thread: one single-threaded session for each core
 * in a worker thread of its own, unless told otherwise.
 * @throws RangeError for `sessions` or `threads` below 1, and for a `worker` that is not a place of a file.
 * @example const model = await createOnnxBackend({ device: 'cpu' }).load({ model: '/models/yolox_nano.onnx' })
 */
export function createOnnxBackend(options: OnnxBackendOptions = {}): Backend {
  checkOptions(options);
  const { worker = ownWorker, ...settings } = options;
  const entry = filePlace('createOnnxBackend', 'worker', worker);
  const guard = createExitGuard();
  return {
    name: 'onnx',
    async load(files, loading = {}) {
      checkFiles(files, loading);
      const { model, backendOptions = {} } = files;
      const { signal } = loading;
      if (signal?.aborted) throw new QualmError('aborted', 'load: aborted before it began', { cause: signal.reason });
      await checkFile(model);
      return loadModel(model, { ...readModelOptions(backendOptions), ...settings }, entry, guard, signal);
    },
  };
}

async function checkFile(model: string): Promise<void> {
  const found = await stat(model).catch((cause: unknown) => {
    throw new QualmError('model-missing', `load: "${model}" cannot be opened; check the model's path`, { cause });
  });
  if (!found.isFile()) throw new QualmError('model-invalid', `load: "${model}" is a folder, wanted an .onnx file`);
}

async function loadModel(
  model: string,
  options: Omit<OnnxBackendOptions, 'worker'>,
  entry: URL | string,
  guard: ExitGuard,
  signal: AbortSignal | undefined,
): Promise<BackendModel> {
  const pool = await createThreadPool<SessionRequest, TensorMap, SessionInfo>({
    entry,
    entryAdvice: 'name its place with createOnnxBackend({ worker })',
    name: `onnx "${model}"`,
    guard,
    signal,
    pack: packRequest,
    threads: (first) => sessionShape(options, first.device).sessions,
    // The first session settles the device.
    workerData: (first) => sessionStart(model, first ? { ...options, device: first.device } : options),
  });
  const { info } = pool;
  return {
    ...info,
    concurrency: pool.size,
    async run(inputs, { signal, outputs = info.outputs.map(({ name }) => name) } = {}) {
      checkRun(info, inputs, outputs);
      return pool.run({ inputs, outputs }, { signal });
    },
    // A GPU, or threads of the session's own, would wait while its one thread is at something else.
    ...(info.device === 'cpu' && sessionShape(options, 'cpu').threads === 1 && { runPart: pool.runPart }),
    dispose: () => pool.dispose(),
  };
}

function sessionStart(model: string, options: Omit<OnnxBackendOptions, 'worker'>): SessionStart {
  const { device = 'auto', deviceId = 0, graphOptimization = 'all', runtime = 'onnxruntime-node' } = options;
  const { threads } = sessionShape(options, device === 'cuda' ? 'cuda' : 'cpu');
  return { model, device, deviceId, graphOptimization, runtime, threads };
}

function packRequest({ inputs, outputs }: SessionRequest): Parcel<SessionRequest> {
  const { value, transfer } = packTensors(inputs);
  return { value: { inputs: value, outputs }, transfer };
}
