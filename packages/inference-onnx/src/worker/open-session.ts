import { QualmError } from '@qualm/types';
import type { Session, SessionInfo, Warning } from '@qualm/types';
import type { InferenceSession } from 'onnxruntime-node';
import type { SessionOptions } from '../onnx-backend-options.ts';
import { sessionShape } from '../session-shape.ts';
import { missingCudaLibrary } from './cuda-library.ts';
import { foreignModel } from './foreign-model.ts';
import { loadRuntime } from './load-runtime.ts';
import type { OnnxRuntime } from './load-runtime.ts';
import { reasonOf } from './reason-of.ts';
import { createRunner } from './run-session.ts';
import { tensorInfos } from './tensor-infos.ts';

const cudaAdvice =
  'CUDA needs Linux x64, an NVIDIA driver, CUDA 12 or 13 with cuDNN 9 as your onnxruntime-node was built for, and its ' +
  'provider libraries (libonnxruntime_providers_cuda.so, libonnxruntime_providers_shared.so) beside onnxruntime_binding.node: ' +
  'run `npm rebuild onnxruntime-node` where nvcc is found, or put them there by hand';

/** The session that the options ask for, on the calling thread: on the device of the first
 * session, or else on the first that works.
 * @throws QualmError `model-invalid`, `backend-unavailable`, `unsupported`.
 */
export async function openSession(options: SessionOptions, first?: SessionInfo): Promise<Session> {
  try {
    return await open(first ? { ...options, device: first.device as 'cuda' | 'cpu' } : options);
  } catch (error) {
    if (QualmError.is(error)) throw error;
    const why = (await foreignModel(options.model)) ?? reasonOf(error);
    const message = `load: "${options.model}" cannot be read: ${why}`;
    throw new QualmError('model-invalid', message, { cause: error });
  }
}

async function open(options: SessionOptions): Promise<Session> {
  const { model, runtime = 'onnxruntime-node' } = options;
  const { ort, file } = await loadRuntime(runtime);
  const { session, device, warnings } = await createOnDevice(ort, file, options);
  const inputs = tensorInfos(model, 'input', session.inputMetadata);
  const outputs = tensorInfos(model, 'output', session.outputMetadata);
  const { sessions, threads } = sessionShape(options, device);
  const isOnThread = device === 'cpu' && threads === 1;
  const info = { device, inputs, outputs, warnings, sessions, isOnThread };
  return { info, run: createRunner(ort, session, outputs), dispose: () => session.release() };
}

interface Created {
  readonly session: InferenceSession;
  readonly device: 'cuda' | 'cpu';
  readonly warnings: readonly Warning[];
}

async function createOnDevice(ort: OnnxRuntime, file: string, options: SessionOptions): Promise<Created> {
  const { device = 'auto' } = options;
  if (device === 'cpu') return { session: await create(ort, options, 'cpu'), device: 'cpu', warnings: [] };
  const missing = missingCudaLibrary(file);
  try {
    if (missing !== null) throw new Error(missing);
    return { session: await create(ort, options, 'cuda'), device: 'cuda', warnings: [] };
  } catch (error) {
    if (device === 'cuda') throw missing === null && !isCudaError(error) ? error : unavailable(error);
    const message = `load: runs on CPU, CUDA cannot be used: ${reasonOf(error)}. ${cudaAdvice}; or pass device: 'cpu'`;
    const warnings = [{ code: 'cuda-unavailable', message }];
    return { session: await create(ort, options, 'cpu'), device: 'cpu', warnings };
  }
}

/** ORT has no fall-back of its own: a provider that cannot be loaded throws, whatever stands after
 * it in the list.
 */
function create(ort: OnnxRuntime, options: SessionOptions, device: 'cuda' | 'cpu'): Promise<InferenceSession> {
  const { model, deviceId = 0, graphOptimization = 'all' } = options;
  return ort.InferenceSession.create(model, {
    executionProviders: device === 'cpu' ? ['cpu'] : [{ name: 'cuda', deviceId }, 'cpu'],
    intraOpNumThreads: sessionShape(options, device).threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: graphOptimization,
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
