import { QualmError } from '@qualm/types';
import { invalidQuery } from '../statements/invalid-query.ts';

interface DuckDbProblem {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly position?: string;
}

/** Kinds of DuckDB's errors that say that the text is wrong. */
const ofText = new Set(['Parser', 'Syntax', 'Binder', 'Catalog', 'Invalid Type', 'Mismatch Type', 'Not implemented']);

/** An error of DuckDB as ours, with the place in the text that the caller wrote.
 * @param placeOf from a place in DuckDB's text to one in the caller's; null where that is not known. */
export function errorOfDuckDb(error: unknown, text: string, placeOf: (place: number) => number | null): QualmError {
  if (QualmError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const { exception_type: type = '', exception_message: reason = message, position } = problemOf(message);
  const said = plain(reason);
  if (/interrupted/i.test(type) || /^interrupted!?$/i.test(said))
    return new QualmError('aborted', 'sql: the statement was cancelled', { cause: error });
  const place = position === undefined ? null : placeOf(Number(position));
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
