import { QualmError } from '@qualm/types';
import type { Warning } from '@qualm/types';
import type { InferenceSession } from 'onnxruntime-node';
import type { OnnxDevice, SessionOptions } from '../onnx-backend-options.ts';
import { createSession } from './create-session.ts';
import type { ModelSource } from './create-session.ts';
import { assertComputes } from './device-check.ts';
import { deviceAdvice, deviceNames, deviceTrouble, mayHaveWebGpu } from './device-trouble.ts';
import type { LoadedRuntime } from './load-runtime.ts';
import { reasonOf } from './reason-of.ts';

/** A session, and where it runs. */
export interface CreatedSession {
  readonly session: InferenceSession;
  readonly device: OnnxDevice;
  readonly warnings: readonly Warning[];
}

/** The session on the device that the options name; `auto` takes CUDA, else WebGPU, else CPU with a
 * warning.
 * @throws QualmError `backend-unavailable` for a device that cannot be used; what the runtime says
 * of the model.
 */
export async function createOnDevice(
  runtime: LoadedRuntime,
  options: SessionOptions,
  source: ModelSource,
): Promise<CreatedSession> {
  const { device = 'auto' } = options;
  const on = (place: OnnxDevice): Promise<InferenceSession> => createSession(runtime, options, source, place);
  if (device === 'auto') return onBest(runtime, on);
  return { session: await onWanted(runtime, device, on), device, warnings: [] };
}

type CreateOn = (device: OnnxDevice) => Promise<InferenceSession>;

async function onBest(runtime: LoadedRuntime, on: CreateOn): Promise<CreatedSession> {
  const failures: string[] = [];
  const created = (session: InferenceSession, device: OnnxDevice): CreatedSession => {
    return { session, device, warnings: failures.length > 0 ? [fallback(device, failures)] : [] };
  };
  for (const device of worthTrying(runtime)) {
    try {
      assertNoTrouble(runtime, device);
      if (device === 'webgpu') await assertComputes(runtime, device);
      return created(await on(device), device);
    } catch (error) {
      failures.push(unavailable(runtime, device, error));
    }
  }
  return created(await on('cpu'), 'cpu');
}

/** Of CUDA and WebGPU what the runtime has at all, and WebGPU only where a GPU is. */
function worthTrying({ ort }: LoadedRuntime): OnnxDevice[] {
  const known = ort.listSupportedBackends?.().map(({ name }) => name) ?? ['cuda'];
  return (['cuda', 'webgpu'] as const).filter(
    (device) => known.includes(device) && (device === 'cuda' || mayHaveWebGpu()),
  );
}

/** Where the model does not open on CPU either, it is the model's fault. */
async function onWanted(runtime: LoadedRuntime, device: OnnxDevice, on: CreateOn): Promise<InferenceSession> {
  if (device === 'cpu') return on(device);
  try {
    assertNoTrouble(runtime, device);
    return await on(device);
  } catch (error) {
    await (await on('cpu')).release();
    const message = `load: device "${device}" cannot be used: ${unavailable(runtime, device, error)}`;
    throw new QualmError('backend-unavailable', message, { cause: error });
  }
}

function assertNoTrouble(runtime: LoadedRuntime, device: OnnxDevice): void {
  const trouble = deviceTrouble(runtime, device);
  if (trouble !== null) throw new Error(trouble);
}

function unavailable(runtime: LoadedRuntime, device: OnnxDevice, error: unknown): string {
  return `${reasonOf(error)}. ${deviceAdvice(runtime, device)}`;
}

function fallback(device: OnnxDevice, failures: readonly string[]): Warning {
  const advice = `or pass device: '${device}'`;
  const message = `load: runs on ${deviceNames[device]}, what is faster cannot be used: ${failures.join('; ')}; ${advice}`;
  return { code: 'cuda-unavailable', message };
}
