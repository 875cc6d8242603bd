import { QualmError } from '@qualm/types';
import type { ServedLines } from '../lines/serve-lines.ts';

/** How a worker's process ends. Only `fine` says that every line was answered. */
export const exitCode = {
  fine: 0,
  /** The model cannot be loaded, is another one, or its runtime died. */
  failed: 1,
  /** Options that there are not. */
  usage: 2,
  /** An invalid line (EX_DATAERR). */
  badLine: 65,
  /** Nobody has read answers for too long (EX_TEMPFAIL). */
  stalled: 75,
  interrupted: 130,
  /** The reader of the answers has gone, as of any tool in a pipe. */
  closed: 141,
  terminated: 143,
} as const;

/** The exit code of served lines. */
export const codeOfEnd: Readonly<Record<ServedLines['end'], number>> = {
  input: exitCode.fine,
  stalled: exitCode.stalled,
  closed: exitCode.closed,
};

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  if (QualmError.is(error, 'request-invalid')) return exitCode.badLine;
  return QualmError.is(error, 'options-invalid') ? exitCode.usage : exitCode.failed;
}
