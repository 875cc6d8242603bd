import { QualmError } from '@qualm/types';

/** The error of a text that cannot be run, with the line and the column of what is wrong. */
export function invalidQuery(text: string, place: number, reason: string, options?: ErrorOptions): QualmError {
  const before = text.slice(0, place);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  return new QualmError('query-invalid', `sql: ${reason} (line ${line}, column ${column})`, options);
}
