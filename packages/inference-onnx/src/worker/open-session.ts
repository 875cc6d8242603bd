import { QualmError } from '@qualm/types';
import type { Session, SessionInfo } from '@qualm/types';
import type { OnnxDevice, SessionOptions } from '../onnx-backend-options.ts';
import { sessionShape } from '../session-shape.ts';
import { createOnDevice } from './create-on-device.ts';
import type { ModelSource } from './create-session.ts';
import { externalFiles, isLinkedOut, withRealFiles } from './external-files.ts';
import { loadRuntime, nameOf } from './load-runtime.ts';
import type { LoadedRuntime } from './load-runtime.ts';
import { modelError } from './model-error.ts';
import { createRunner } from './run-session.ts';
import { tensorInfos } from './tensor-infos.ts';

/** The session that the options ask for, on the calling thread: on the device of the first
 * session, or else on the first that works.
 * @throws QualmError `model-missing`, `model-invalid`, `path-outside`, `backend-unavailable`,
 * `unsupported`.
 */
export async function openSession(options: SessionOptions, first?: SessionInfo): Promise<Session> {
  const own = first ? { ...options, device: first.device as OnnxDevice } : options;
  const { model, followLinks = false } = own;
  const runtime = await loadRuntime(own.runtime);
  try {
    return await open(runtime, own, model);
  } catch (error) {
    if (QualmError.is(error)) throw error;
    const files = await externalFiles(model);
    const failed = { model, files, runtime: nameOf(runtime), isLinkedOut: await isLinkedOut(model, files) };
    const reopened = followLinks && failed.isLinkedOut && files.every(({ leaves, real }) => !leaves && real !== null);
    if (!reopened) throw await modelError(failed, error);
    return open(runtime, own, await withRealFiles(model, files)).catch(async (cause: unknown) => {
      throw QualmError.is(cause) ? cause : await modelError({ ...failed, isLinkedOut: false }, cause);
    });
  }
}

async function open(runtime: LoadedRuntime, options: SessionOptions, source: ModelSource): Promise<Session> {
  const { model } = options;
  const { ort } = runtime;
  const { session, device, warnings } = await createOnDevice(runtime, options, source);
  const inputs = tensorInfos(model, 'input', session.inputMetadata);
  const outputs = tensorInfos(model, 'output', session.outputMetadata);
  const { sessions, threads } = sessionShape(options, device);
  const isOnThread = device === 'cpu' && threads === 1;
  const info = { device, inputs, outputs, warnings, sessions, isOnThread };
  return { info, run: createRunner(ort, session, outputs), dispose: () => session.release() };
}
