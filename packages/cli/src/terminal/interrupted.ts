import { QualmError } from '@qualm/types';

/** @throws QualmError `aborted` after the first Ctrl-C. */
export function assertNotInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new QualmError('aborted', 'interrupted', { cause: signal.reason });
}
