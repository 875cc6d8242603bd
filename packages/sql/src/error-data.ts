import { QualmError } from '@qualm/types';
import type { ErrorData } from './protocol.ts';

/** An error as data for another thread. */
export function errorData(error: unknown): ErrorData {
  if (QualmError.is(error)) return { code: error.code, message: error.message };
  return { code: null, message: error instanceof Error ? error.message : String(error) };
}

/** The error that the data stand for; what was none of ours failed in the query. */
export function errorOf({ code, message }: ErrorData): QualmError {
  return new QualmError(code ?? 'query-failed', message);
}
