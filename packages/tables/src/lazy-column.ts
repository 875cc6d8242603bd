import type { Column } from '@qualm/types';

/** A column that reads `read(row)` when row `row` is asked for, and keeps nothing. */
export function lazyColumn<T>(length: number, read: (row: number) => T): Column<T> {
  return {
    length,
    at: (row) => (row >= 0 && row < length ? read(row) : undefined),
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield read(row);
    },
  };
}

/** The rows of `column` that `rows` names, in that order, read when asked for; a row of -1 is null.
 */
export function gatherColumn<T>(column: Column<T>, rows: ArrayLike<number>): Column<T | null> {
  return lazyColumn(rows.length, (row) => (rows[row]! < 0 ? null : (column.at(rows[row]!) as T)));
}
