import type { RankOrder } from '@qualm/types';
import { assertList } from '@qualm/types/rows';
import { assertColumn } from '../numbers/assert-arguments.ts';

/** One number for each row, under a name, with the direction in which it counts. */
export interface ScoredColumn {
  readonly name: string;
  /** `descending` when large numbers are to be labelled first. */
  readonly order: RankOrder;
  /** Shape [n]; NaN for rows that have none. */
  readonly values: ArrayLike<number>;
  /** The least and the greatest number that could be, where that is known: not those that are. */
  readonly range?: readonly [number, number];
}

/** Checks that columns can be combined row by row.
 * @throws RangeError when there is no column, or two of them differ in length or direction.
 */
export function assertCombinable(where: string, columns: readonly ScoredColumn[]): void {
  assertColumns(where, columns);
  const [first, ...others] = columns;
  if (!first) throw new RangeError(`${where}: no columns; expected one or more`);
  for (const { name, order, values } of others) {
    if (values.length !== first.values.length)
      throw new RangeError(
        `${where}: '${first.name}' has ${first.values.length} rows, '${name}' has ${values.length}; expected as many`,
      );
    if (order !== first.order)
      throw new RangeError(
        `${where}: '${first.name}' is ${first.order}, '${name}' is ${order}; expected one direction: turn one with orientColumn or rescale`,
      );
  }
}

/** Checks that a pick can tell the scores of all columns.
 * @throws RangeError when two of them have one name, or one has another number of rows than the
 * first.
 */
export function assertTold(where: string, columns: readonly ScoredColumn[], otherNames: readonly string[]): void {
  assertColumns(where, columns);
  const names = new Set(otherNames);
  for (const { name, values } of columns) {
    if (names.has(name)) throw new RangeError(`${where}: two columns are called '${name}'; expected a name for each`);
    names.add(name);
    if (values.length !== columns[0]!.values.length)
      throw new RangeError(
        `${where}: '${name}' has ${values.length} rows, '${columns[0]!.name}' has ${columns[0]!.values.length}; expected as many`,
      );
  }
}

function assertColumns(where: string, columns: readonly ScoredColumn[]): void {
  assertList(where, 'the list of columns', columns);
  for (const column of columns) assertColumn(where, column);
}
