import { existsSync } from 'node:fs';
import { fileLeftBehind, QualmError } from '@qualm/types';
import type { FailureWords } from './failure.ts';

/** What the error of a thread that ended says. */
export interface ThreadWords extends FailureWords {
  readonly entry: URL | string;
  readonly entryAdvice: string | undefined;
}

/** The error of a request whose thread ended; `backend-unavailable` where that thread has no file
 * to run.
 */
export function lostThread(
  { name, failureCode, entry, entryAdvice }: ThreadWords,
  code: number,
  cause: Error | undefined,
): QualmError {
  if (isWithoutFile(entry, cause)) {
    const file = { where: name, file: 'the file of its worker thread', place: entry, advice: entryAdvice };
    return fileLeftBehind('backend-unavailable', file, { cause });
  }
  const why = cause?.message ?? `exit code ${code}`;
  return new QualmError(failureCode, `${name}: the worker thread ended (${why}); another takes its place`, { cause });
}

function isWithoutFile(entry: URL | string, cause: Error | undefined): boolean {
  const isFile = typeof entry === 'string' || entry.protocol === 'file:';
  return isFile && /^Cannot find module/.test(cause?.message ?? '') && !existsSync(entry);
}
