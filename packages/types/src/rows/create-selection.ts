import type { Column } from '../column.ts';

/** One chosen row, and why. */
export interface SelectedRow {
  /** The row of the columns it was chosen from. */
  readonly row: number;
  /** Its place among the picks, from 1. */
  readonly rank: number;
  /** In a few words, with the numbers that decided. */
  readonly reason: string;
  /** The numbers that the choice was made by, each under its name. */
  readonly scores: Readonly<Record<string, number>>;
  /** The place, from 1, that the row has among all rows by each of those numbers, where that was
   * worked out.
   */
  readonly ranks: Readonly<Record<string, number>>;
}

/** Chosen rows in the order of choice: a column of `SelectedRow`s, each made when it is read, over
 * `rows`.
 */
export interface SelectedRows extends Column<SelectedRow> {
  readonly rows: Uint32Array;
}

/** A selection of these rows, whose picks are explained when they are read.
 * @param explain the reason, scores and ranks of the pick at this place, from 0.
 */
export function createSelection(
  rows: Uint32Array,
  explain: (place: number) => Omit<SelectedRow, 'row' | 'rank'>,
): SelectedRows {
  const pickAt = (place: number): SelectedRow => ({ row: rows[place]!, rank: place + 1, ...explain(place) });
  return {
    rows,
    length: rows.length,
    at: (place) => {
      const index = place < 0 ? place + rows.length : place;
      return index in rows ? pickAt(index) : undefined;
    },
    *[Symbol.iterator]() {
      for (let place = 0; place < rows.length; place++) yield pickAt(place);
    },
  };
}
