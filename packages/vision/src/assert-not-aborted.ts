import { QualmError } from '@qualm/types';

/** Passes while the signal is quiet. @throws QualmError `aborted` with the signal's reason as
 * cause.
 */
export function assertNotAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw new QualmError('aborted', 'decode: stopped by the caller', { cause: signal.reason });
}
