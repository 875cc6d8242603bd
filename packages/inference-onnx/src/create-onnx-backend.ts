import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createSessionBackend } from '@qualm/threads';
import { filePlace, QualmError } from '@qualm/types';
import type { Backend } from '@qualm/types';
import type { OnnxBackendOptions, SessionOptions } from './onnx-backend-options.ts';
import { checkOptions, readModelOptions } from './session-shape.ts';

const ownWorker = new URL('../dist/worker.js', import.meta.url);

/** A backend that runs `.onnx` files with ONNX Runtime, off the caller's thread: one
 * single-threaded session for each core in a worker thread of its own, unless told otherwise.
 * @throws RangeError for `sessions` or `threads` below 1, and for a `worker` that is not a place
 * of a file.
 * @example const model = await createOnnxBackend({ device: 'cpu' }).load({ model: '/models/yolox_nano.onnx' })
 */
export function createOnnxBackend(options: OnnxBackendOptions = {}): Backend {
  checkOptions(options);
  const { worker = ownWorker, ...settings } = options;
  const place = filePlace('createOnnxBackend', 'worker', worker);
  const module = place instanceof URL ? place.href : pathToFileURL(place).href;
  return createSessionBackend('onnx', async ({ model, backendOptions = {}, followLinks = false }) => {
    await checkFile(model);
    const options: SessionOptions = { ...readModelOptions(backendOptions), ...settings, model, followLinks };
    const moduleAdvice = 'name its place with createOnnxBackend({ worker })';
    return { name: `onnx "${model}"`, module, moduleAdvice, options };
  });
}

async function checkFile(model: string): Promise<void> {
  const found = await stat(model).catch((cause: unknown) => {
    throw new QualmError('model-missing', `load: "${model}" cannot be opened; check the model's path`, { cause });
  });
  if (!found.isFile()) throw new QualmError('model-invalid', `load: "${model}" is a folder, expected an .onnx file`);
}
