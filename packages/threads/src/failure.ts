import { isOutOfMemory, QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import type { Failure } from './messages.ts';

/** What a thread's errors say where they say nothing of their own. */
export interface FailureWords {
  readonly name: string;
  readonly failureCode: QualmErrorCode;
}

/** An error as plain values. */
export function toFailure(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: QualmError.is(error) ? error.code : null, message, stack };
}

/** The error again, with the other thread's stack as its cause. One that was no QualmError becomes
 * one, by its first line.
 */
export function fromFailure({ code, message, stack }: Failure, { name, failureCode }: FailureWords): QualmError {
  if (code !== null) return new QualmError(code, message, { cause: stack });
  return new QualmError(
    isOutOfMemory(message) ? 'machine-trouble' : failureCode,
    `${name}: ${message.trim().split('\n')[0]}`,
    { cause: stack },
  );
}
