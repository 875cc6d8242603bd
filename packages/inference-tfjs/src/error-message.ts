import { QualmError } from '@qualm/types';
import type { ErrorMessage } from './worker-messages.ts';

/** An error as plain values; one that is not ours counts as `predict-failed`. */
export function toErrorMessage(error: unknown): ErrorMessage {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: QualmError.is(error) ? error.code : 'predict-failed', message, ...(stack && { stack }) };
}

/** The error again, with the other thread's stack as its cause. */
export function fromErrorMessage({ code, message, stack }: ErrorMessage): QualmError {
  return new QualmError(code, message, { cause: stack });
}
