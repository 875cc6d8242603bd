import type { Column } from '../column.ts';
import { hash32 } from './hash.ts';

/** How rows of equal value are put in order: by id, or in an order drawn from a seed; last of all
 * as they came.
 */
export interface TieOptions {
  /** One id for each row: numbers in their order, text in code-unit order, numbers before text.
   * With ids that differ, the answer does not depend on the order in which the rows came, with a
   * seed and without one. */
  readonly ids?: Column<string | number>;
  /** Draws the order of equal rows from this seed and each row's id, or its place where there are
   * no ids.
   */
  readonly seed?: number;
}

/** Compares two rows of equal value, for sorting; 0 only for a row and itself. */
export function compareTies({ ids, seed }: TieOptions): (a: number, b: number) => number {
  const lot = (row: number): number => hash32(seed!, ids ? ids.at(row)! : row);
  return (a, b) =>
    (seed === undefined ? 0 : lot(a) - lot(b)) || (ids ? compareIds(ids.at(a)!, ids.at(b)!) : 0) || a - b;
}

/** All n rows in the order of ties: one in which a method can walk so that its answer depends on no
 * other.
 */
export function canonicalRows(length: number, ties: TieOptions): Uint32Array {
  const rows = Uint32Array.from({ length }, (_, row) => row);
  return ties.ids || ties.seed !== undefined ? rows.sort(compareTies(ties)) : rows;
}

function compareIds(a: string | number, b: string | number): number {
  if (a === b) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}
