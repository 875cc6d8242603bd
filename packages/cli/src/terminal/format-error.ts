import { ioAdvice, QualmError } from '@qualm/types';
import { GateError, UsageError } from './exit-code.ts';
import { printableLines } from '@qualm/types';

/** What the user reads when a run fails; the stack only for errors that are our fault, or when
 * asked for.
 */
export function formatError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `qualm: ${printableLines(String(error))}`;
  if (QualmError.is(error, 'aborted') && !debug) return 'qualm: interrupted';
  const text = debug || !isExpected(error) ? `${error.stack ?? error.message}${causes(error)}` : message(error);
  return `qualm: ${printableLines(text)}`;
}

/** Errors of the file system say themselves what is wrong. */
function isExpected(error: Error): boolean {
  return QualmError.is(error) || error instanceof UsageError || error instanceof GateError || 'syscall' in error;
}

function message(error: Error): string {
  if (QualmError.is(error, 'plugin-failed')) return `${error.message}; QUALM_DEBUG=1 shows where`;
  const advice = 'syscall' in error ? ioAdvice(String((error as NodeJS.ErrnoException).code)) : null;
  return advice === null ? error.message : `${error.message}; ${advice}`;
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by: ${error.cause.stack ?? error.cause.message}` : '';
}
