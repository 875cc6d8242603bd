import { UsageError } from '../terminal/exit-code.ts';
import { numberOf } from './listed-reason.ts';

type Row = Readonly<Record<string, unknown>>;

/** What rows of a list say in columns that somebody named: a number of each, NaN where a row has
 * none.
 * @param from where the rows come from, for messages
 * @throws UsageError for a column that the list does not have, or that has no number.
 */
export function listedNumbers(rows: readonly Row[], columns: readonly string[], from: string): number[][] {
  const names = new Set(rows.flatMap(Object.keys));
  for (const column of columns) {
    if (!names.has(column))
      throw new UsageError(`--column ${column}: ${from} has no such column; it has ${listOf([...names])}`);
    if (rows.every((row) => numberOf(row, column) === null))
      throw new UsageError(`--column ${column}: no row of ${from} has a number there`);
  }
  return rows.map((row) => columns.map((column) => numberOf(row, column) ?? NaN));
}

/** As many names are listed. */
const most = 12;

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'none: it is ids alone';
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
