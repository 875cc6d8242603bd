import { existsSync } from 'node:fs';
import { fileLeftBehind, QualmError } from '@qualm/types';
import type { FailureWords } from './failure.ts';

/** What the error of a thread that ended says. */
export interface ThreadWords extends FailureWords {
  readonly entry: URL | string;
  readonly entryAdvice: string | undefined;
}

/** The error of a thread that ended before it was ready; `backend-unavailable` where it has no file
 * to run.
 */
export function unreadyThread(
  { name, failureCode, entry, entryAdvice }: ThreadWords,
  code: number,
  cause: Error | undefined,
): QualmError {
  if (isWithoutFile(entry, cause)) {
    const file = { where: name, file: 'the file of its worker thread', place: entry, advice: entryAdvice };
    return fileLeftBehind('backend-unavailable', file, { cause });
  }
  const advice = cause === undefined && code === 0 ? '; its file has to call serveThread or serveSession' : '';
  const message = `${name}: the worker thread ended (${whyOf(code, cause)}) before it was ready${advice}`;
  return new QualmError(failureCode, message, { cause });
}

/** The error of a request whose thread ended. */
export function lostThread({ name }: ThreadWords, code: number, cause: Error | undefined): QualmError {
  const message = `${name}: the worker thread ended (${whyOf(code, cause)}); another takes its place`;
  return new QualmError('machine-trouble', message, { cause });
}

function whyOf(code: number, cause: Error | undefined): string {
  return cause?.message ?? `exit code ${code}`;
}

function isWithoutFile(entry: URL | string, cause: Error | undefined): boolean {
  const isFile = typeof entry === 'string' || entry.protocol === 'file:';
  return isFile && /^Cannot find module/.test(cause?.message ?? '') && !existsSync(entry);
}
