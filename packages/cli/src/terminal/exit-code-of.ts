import { CommanderError } from 'commander';
import { QualmError } from '@qualm/types';
import { exitCode, GateError, UsageError } from './exit-code.ts';

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof GateError) return exitCode.gate;
  if (QualmError.is(error, 'options-invalid')) return exitCode.usage;
  return QualmError.is(error, 'aborted') ? exitCode.interrupted : exitCode.failed;
}
