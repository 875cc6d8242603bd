import { QualmError } from '@qualm/types';
import type { QualmErrorCode } from '@qualm/types';
import type { Failure } from '../messages.ts';

/** An error as it travels between threads; a foreign one gets `code` and `where`. */
export function failureOf(error: unknown, code: QualmErrorCode, where: string): Failure {
  if (QualmError.is(error)) return { code: error.code, message: error.message };
  return { code, message: `${where}: ${reasonOf(error)}` };
}

/** The first line of what a foreign error says. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]!;
}
