import { QualmError } from '@qualm/types';
import { UsageError } from './exit-code.ts';

/** What the user reads when a run fails; the stack only for errors that are our fault, or when asked for. */
export function formatError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `qualm: ${String(error)}`;
  const expected = QualmError.is(error) || error instanceof UsageError;
  if (debug || !expected) return `qualm: ${error.stack ?? error.message}${causes(error)}`;
  return `qualm: ${error.message}`;
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by: ${error.cause.stack ?? error.cause.message}` : '';
}
