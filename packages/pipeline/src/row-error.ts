import { QualmError } from '@qualm/types';
import type { QualmErrorCode, RowError } from '@qualm/types';

/** An error as the value of a row; `code` stands in where it has none of its own. */
export function toRowError(error: unknown, code: QualmErrorCode): RowError {
  if (QualmError.is(error)) return { code: error.code, message: error.message };
  return { code, message: error instanceof Error ? error.message : String(error) };
}
