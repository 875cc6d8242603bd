import { QualmError } from '@qualm/types';

/** @throws QualmError `aborted` after the signal. */
export function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new QualmError('aborted', 'interrupted', { cause: signal.reason });
}
