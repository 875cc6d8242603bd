import { assertColumns } from '../assert-arguments.ts';
import type { TableColumns } from './column-type.ts';

/** The number of rows that all columns have.
 * @throws RangeError when they differ, or there is no column.
 */
export function tableLength(where: string, columns: TableColumns): number {
  assertColumns(where, columns);
  const entries = Object.entries(columns);
  const first = entries[0];
  if (!first) throw new RangeError(`${where}: there is no column; expected at least one`);
  const [name, { length }] = first;
  const other = entries.find(([, column]) => column.length !== length);
  if (!other) return length;
  throw new RangeError(
    `${where}: column "${name}" has ${length} rows, "${other[0]}" has ${other[1].length}; expected as many of each`,
  );
}
