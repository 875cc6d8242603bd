import type { ScoredColumn } from './scored-column.ts';

/** Which rows may be picked. */
export interface CandidateOptions {
  /** Numbers of the rows that have labels already: these are never picked. */
  readonly labelled?: ArrayLike<number>;
  /** Numbers of the rows to pick from, as of `withoutNearDuplicates(...).kept` or an earlier
   * selection's `rows`; all unless said.
   */
  readonly among?: ArrayLike<number>;
}

/** The column's values, with NaN for each row that may not be picked.
 * @throws RangeError that names the first number that is not a row.
 */
export function candidatesOf(
  where: string,
  { values }: ScoredColumn,
  { labelled = [], among }: CandidateOptions,
): Float64Array {
  const candidates = new Float64Array(values.length);
  if (!among) candidates.set(values);
  else {
    candidates.fill(NaN);
    for (const row of rowsOf(where, 'among', among, values.length)) candidates[row] = values[row]!;
  }
  for (const row of rowsOf(where, 'labelled', labelled, values.length)) candidates[row] = NaN;
  return candidates;
}

function* rowsOf(where: string, name: string, rows: ArrayLike<number>, numRows: number): Generator<number> {
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    if (!Number.isInteger(row) || row < 0 || row >= numRows)
      throw new RangeError(`${where}: ${name}[${place}] is ${row}; expected a row of 0 to ${numRows - 1}`);
    yield row;
  }
}
