import type { Column } from '@qualm/types';
import { hash32 } from '../numbers/hash.ts';

/** How rows of equal value are put in order: by id, then by seed, then as they came. */
export interface TieOptions {
  /** One id for each row: numbers in their order, text in code-unit order, numbers before text. With ids that differ,
   * the answer does not depend on the order in which the rows came. */
  readonly ids?: Column<string | number>;
  /** Puts rows whose value and id are equal in an order drawn from this seed. */
  readonly seed?: number;
}

/** Compares two rows of equal value, for sorting; 0 only for a row and itself. */
export function compareTies({ ids, seed }: TieOptions): (a: number, b: number) => number {
  return (a, b) =>
    (ids && compareIds(ids.at(a)!, ids.at(b)!)) || (seed === undefined ? 0 : bySeed(seed, a, b)) || a - b;
}

/** All n rows by id, seed and place: an order in which a method can walk so that its answer depends on no other. */
export function canonicalRows(length: number, ties: TieOptions): Uint32Array {
  const rows = Uint32Array.from({ length }, (_, row) => row);
  return ties.ids || ties.seed !== undefined ? rows.sort(compareTies(ties)) : rows;
}

function compareIds(a: string | number, b: string | number): number {
  if (a === b) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}

function bySeed(seed: number, a: number, b: number): number {
  return hash32(seed, a) - hash32(seed, b);
}
