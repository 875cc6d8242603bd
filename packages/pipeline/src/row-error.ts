import { isOutOfMemory, QualmError } from '@qualm/types';
import type { QualmErrorCode, RowError } from '@qualm/types';
import { assertRowError } from './assert-arguments.ts';

/** An error as the value of a row; `code` stands in where it has none of its own. */
export function toRowError(error: unknown, code: QualmErrorCode): RowError {
  if (QualmError.is(error)) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: isOutOfMemory(error) ? 'machine-trouble' : code, message };
}

/** True for an error that says nothing of its image: a drive that is gone, no memory, a thread that
 * died, a server that does not answer or wants other credentials. The same image may do when it is
 * tried again.
 * @example isMachineTrouble({ code: 'image-invalid', message: 'decode: "a.jpg" is broken' }) // false
 */
export function isMachineTrouble(error: RowError): boolean {
  assertRowError('isMachineTrouble', error);
  return error.code === 'machine-trouble' || error.code === 'access-denied';
}
