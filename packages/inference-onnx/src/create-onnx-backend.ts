import { stat } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import type { Backend, BackendModel } from '@qualm/types';
import { checkRun } from './check-run.ts';
import { createExitGuard } from './gate.ts';
import type { ExitGuard } from './gate.ts';
import type { OnnxBackendOptions } from './onnx-backend-options.ts';
import { aborted, createSessionPool } from './session-pool.ts';
import { checkOptions, readModelOptions, sessionShape } from './session-shape.ts';
import { startSessionThread } from './session-thread.ts';
import type { SessionThread } from './session-thread.ts';

/** A backend that runs `.onnx` files with ONNX Runtime, off the caller's thread: one single-threaded session for each core
 * in a worker thread of its own, unless told otherwise.
 * @throws RangeError for `sessions` or `threads` below 1.
 * @example const model = await createOnnxBackend({ device: 'cpu' }).load({ model: '/models/yolox_nano.onnx' })
 */
export function createOnnxBackend(options: OnnxBackendOptions = {}): Backend {
  checkOptions(options);
  const guard = createExitGuard();
  return {
    name: 'onnx',
    async load({ model, backendOptions = {} }, { signal } = {}) {
      if (signal?.aborted) throw aborted(signal);
      await checkFile(model);
      const loading = loadModel(model, { ...readModelOptions(backendOptions), ...options }, guard);
      return signal ? unlessAborted(loading, signal) : loading;
    },
  };
}

async function checkFile(model: string): Promise<void> {
  const found = await stat(model).catch((cause: unknown) => {
    throw new QualmError('model-missing', `load: "${model}" cannot be opened; check the model's path`, { cause });
  });
  if (!found.isFile()) throw new QualmError('model-invalid', `load: "${model}" is a folder, wanted an .onnx file`);
}

async function loadModel(model: string, options: OnnxBackendOptions, guard: ExitGuard): Promise<BackendModel> {
  const { device = 'auto', deviceId = 0, graphOptimization = 'all', runtime = 'onnxruntime-node' } = options;
  const start = (on: 'auto' | 'cuda' | 'cpu'): Promise<SessionThread> => {
    const { threads } = sessionShape(options, on === 'cuda' ? 'cuda' : 'cpu');
    return startSessionThread({ model, device: on, deviceId, graphOptimization, runtime, threads }, guard);
  };
  // The first session settles the device, and meets a broken model once instead of once for each core.
  const first = await start(device);
  const { info } = first;
  const { sessions } = sessionShape(options, info.device);
  const others = await Promise.allSettled(Array.from({ length: sessions - 1 }, () => start(info.device)));
  const threads = [first, ...others.flatMap((other) => (other.status === 'fulfilled' ? [other.value] : []))];
  const failed = others.find((other) => other.status === 'rejected');
  if (failed) {
    await Promise.all(threads.map((thread) => thread.stop()));
    throw failed.reason;
  }
  const pool = createSessionPool(threads, () => start(info.device));
  return {
    ...info,
    concurrency: sessions,
    async run(inputs, { signal, outputs = info.outputs.map(({ name }) => name) } = {}) {
      checkRun(info, inputs, outputs);
      return pool.run(inputs, outputs, signal);
    },
    dispose: () => pool.close(),
  };
}

function unlessAborted(loading: Promise<BackendModel>, signal: AbortSignal): Promise<BackendModel> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(aborted(signal));
      void loading.then((model) => model.dispose()).catch(() => undefined);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    loading.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
