import { QualmError } from '@qualm/types';
import { invalidQuery } from '../statements/invalid-query.ts';

interface DuckDbProblem {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly position?: string;
}

/** Kinds of DuckDB's errors that say that the text is wrong. */
const ofText = new Set(['Parser', 'Syntax', 'Binder', 'Catalog', 'Invalid Type', 'Mismatch Type', 'Not implemented']);

/** Errors of data that say, too, that a text in another dialect has another meaning there. */
const ofDialect = /^Out of Range|^Conversion: Unimplemented type|^Invalid Input: (Invalid Input Error: )?spark:/;

/** What DuckDB says. */
export interface SaidByDuckDb {
  readonly type: string;
  readonly reason: string;
  /** The place in DuckDB's text, in bytes; null where it says none. */
  readonly byte: number | null;
  readonly cause: unknown;
}

/** How errors of DuckDB are read in the text that the caller wrote. */
export interface ErrorReading {
  /** From a place in DuckDB's text, in bytes, to one in the caller's; null where that is not known.
   */
  readonly placeOf: (byte: number) => number | null;
  /** The error of a text in another dialect. */
  readonly refusalOf?: (said: SaidByDuckDb) => QualmError;
}

/** An error of DuckDB as ours, with the place in the text that the caller wrote. */
export function errorOfDuckDb(error: unknown, text: string, { placeOf, refusalOf }: ErrorReading): QualmError {
  if (QualmError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const { exception_type: type = '', exception_message: reason = message, position } = problemOf(message);
  const said = plain(reason);
  if (/interrupted/i.test(type) || /^interrupted!?$/i.test(said))
    return new QualmError('aborted', 'sql: the statement was cancelled', { cause: error });
  const byte = position === undefined ? null : Number(position);
  if (refusalOf && (ofText.has(type) || ofDialect.test(`${type}: ${said}`)))
    return refusalOf({ type, reason: said, byte, cause: error });
  const place = byte === null ? null : placeOf(byte);
  if (!ofText.has(type)) return new QualmError('query-failed', `sql: ${said}`, { cause: error });
  if (place === null) return new QualmError('query-invalid', `sql: ${said}`, { cause: error });
  return invalidQuery(text, place, said, { cause: error });
}

/** Names of DuckDB's functions behind ML_PREDICT are ours alone. */
function plain(reason: string): string {
  return reason.trim().replace(/"?ml_predict:(detections|class_scores)"?/g, 'ML_PREDICT');
}

function problemOf(message: string): DuckDbProblem {
  const json = /\{[\s\S]*\}$/.exec(message);
  if (!json) return {};
  try {
    return JSON.parse(json[0]) as DuckDbProblem;
  } catch {
    return {};
  }
}
