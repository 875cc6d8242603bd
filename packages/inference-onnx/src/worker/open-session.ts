import { QualmError } from '@qualm/types';
import type { TensorMap, Warning } from '@qualm/types';
import type { ThreadService } from '@qualm/threads';
import type { InferenceSession } from 'onnxruntime-node';
import type { SessionInfo, SessionRequest, SessionStart } from '../session-messages.ts';
import { missingCudaLibrary } from './cuda-library.ts';
import { foreignModel } from './foreign-model.ts';
import { loadRuntime } from './load-runtime.ts';
import type { OnnxRuntime } from './load-runtime.ts';
import { reasonOf } from './reason-of.ts';
import { createRunner } from './run-session.ts';
import { tensorInfos } from './tensor-infos.ts';

type Session = ThreadService<SessionRequest, TensorMap, SessionInfo>;

const cudaAdvice =
  'CUDA needs Linux x64, an NVIDIA driver, CUDA 12 or 13 with cuDNN 9 as your onnxruntime-node was built for, and its ' +
  'provider libraries (libonnxruntime_providers_cuda.so, libonnxruntime_providers_shared.so) beside onnxruntime_binding.node: ' +
  'run `npm rebuild onnxruntime-node` where nvcc is found, or put them there by hand';

/** The session that `start` asks for, in this thread, on the first device that works.
 * @throws QualmError `model-invalid`, `backend-unavailable`, `unsupported`.
 */
export async function openSession(start: SessionStart): Promise<Session> {
  try {
    return await open(start);
  } catch (error) {
    if (QualmError.is(error)) throw error;
    const why = (await foreignModel(start.model)) ?? reasonOf(error);
    const message = `load: "${start.model}" cannot be read: ${why}`;
    throw new QualmError('model-invalid', message, { cause: error });
  }
}

async function open(start: SessionStart): Promise<Session> {
  const { ort, file } = await loadRuntime(start.runtime);
  const { session, device, warnings } = await createOnDevice(ort, file, start);
  const inputs = tensorInfos(start.model, 'input', session.inputMetadata);
  const outputs = tensorInfos(start.model, 'output', session.outputMetadata);
  const answer = createRunner(ort, session);
  return { info: { device, inputs, outputs, warnings }, answer, dispose: () => session.release() };
}

interface Created {
  readonly session: InferenceSession;
  readonly device: 'cuda' | 'cpu';
  readonly warnings: readonly Warning[];
}

async function createOnDevice(ort: OnnxRuntime, file: string, start: SessionStart): Promise<Created> {
  if (start.device === 'cpu') return { session: await create(ort, start, 'cpu'), device: 'cpu', warnings: [] };
  const missing = missingCudaLibrary(file);
  try {
    if (missing !== null) throw new Error(missing);
    return { session: await create(ort, start, 'cuda'), device: 'cuda', warnings: [] };
  } catch (error) {
    if (start.device === 'cuda') throw missing === null && !isCudaError(error) ? error : unavailable(error);
    const message = `load: runs on CPU, CUDA cannot be used: ${reasonOf(error)}. ${cudaAdvice}; or pass device: 'cpu'`;
    const warnings = [{ code: 'cuda-unavailable', message }];
    return { session: await create(ort, start, 'cpu'), device: 'cpu', warnings };
  }
}

/** ORT has no fall-back of its own: a provider that cannot be loaded throws, whatever stands after it in the list. */
function create(ort: OnnxRuntime, start: SessionStart, device: 'cuda' | 'cpu'): Promise<InferenceSession> {
  return ort.InferenceSession.create(start.model, {
    executionProviders: device === 'cpu' ? ['cpu'] : [{ name: 'cuda', deviceId: start.deviceId }, 'cpu'],
    intraOpNumThreads: start.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: start.graphOptimization,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

function isCudaError(error: unknown): boolean {
  return /cuda|cudnn|cublas|ExecutionProvider|shared library/i.test(reasonOf(error));
}

function unavailable(error: unknown): QualmError {
  return new QualmError('backend-unavailable', `load: device "cuda" cannot be used: ${reasonOf(error)}. ${cudaAdvice}`);
}
