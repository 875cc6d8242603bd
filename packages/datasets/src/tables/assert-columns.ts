import type { TableColumns } from './column-type.ts';

/** The number of rows that all columns have.
 * @throws RangeError when they differ, or there is no column.
 */
export function tableLength(where: string, columns: TableColumns): number {
  const entries = Object.entries(columns);
  if (entries.length === 0) throw new RangeError(`${where}: there is no column; wanted at least one`);
  const [[firstName, first]] = entries as [[string, { length: number }]];
  const other = entries.find(([, { length }]) => length !== first.length);
  if (!other) return first.length;
  throw new RangeError(
    `${where}: column "${firstName}" has ${first.length} rows, "${other[0]}" has ${other[1].length}; wanted as many of each`,
  );
}
