import { QualmError } from '@qualm/types';
import type { TfjsDevice } from './tfjs-runtime.ts';

/** An error of TF.js in our words; our own pass as they are. */
export function runError(cause: unknown, modelPath: string, device: TfjsDevice): QualmError {
  if (QualmError.is(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const advice = /Kernel '.*' not registered/.test(message)
    ? `; the ${device} runtime lacks this operation, choose another with createTfjsBackend({ runtime })`
    : '';
  return new QualmError('predict-failed', `${modelPath} on ${device}: ${message}${advice}`, { cause });
}
