import type { RankOrder } from '@qualm/types';
import { compareTies, type TieOptions } from './ties.ts';

/** Options of `topRows`. */
export interface TopRowsOptions extends TieOptions {
  /** Rows wanted; all of them when absent. */
  readonly limit?: number;
}

/** The rows of `values` in order of rank: shape [n] -> [min(n, limit)]. NaN comes last; ties go by id, then by seed, then
 * by the order of the rows, so the same values always give the same ranking. A `limit` gives the beginning of the full
 * ranking, and only that many rows are ever held in order.
 * @throws RangeError when `limit` is not a whole number from 0, or `ids` has another length.
 * @example topRows([0.2, NaN, 0.9], 'descending', { limit: 2 }) // Uint32Array [2, 0]
 */
export function topRows(values: ArrayLike<number>, order: RankOrder, options: TopRowsOptions = {}): Uint32Array {
  const { limit = values.length, ids } = options;
  if (!Number.isInteger(limit) || limit < 0)
    throw new RangeError(`topRows: limit is ${limit}; wanted a whole number from 0`);
  if (ids && ids.length !== values.length)
    throw new RangeError(`topRows: ${ids.length} ids for ${values.length} values; wanted one for each`);
  const sign = order === 'ascending' ? 1 : -1;
  const key = (row: number): number => (Number.isNaN(values[row]!) ? Infinity : sign * values[row]!);
  const tied = compareTies(options);
  const before = (a: number, b: number): number => {
    const [x, y] = [key(a), key(b)];
    if (x !== y) return x < y ? -1 : 1;
    return Number(Number.isNaN(values[a]!)) - Number(Number.isNaN(values[b]!)) || tied(a, b);
  };
  const kept = limit < values.length ? firstRows(values.length, limit, before) : everyRow(values.length);
  return kept.sort(before);
}

type Compare = (a: number, b: number) => number;

function everyRow(length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row);
}

/** The `limit` rows that come first, in any order: a heap whose root is the last of them. */
function firstRows(length: number, limit: number, before: Compare): Uint32Array {
  const heap = everyRow(limit);
  if (limit === 0) return heap;
  for (let node = (limit >> 1) - 1; node >= 0; node--) sink(heap, node, before);
  for (let row = limit; row < length; row++) {
    if (before(row, heap[0]!) >= 0) continue;
    heap[0] = row;
    sink(heap, 0, before);
  }
  return heap;
}

function sink(heap: Uint32Array, from: number, before: Compare): void {
  const row = heap[from]!;
  let node = from;
  for (let child = 2 * node + 1; child < heap.length; child = 2 * node + 1) {
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!) > 0) child++;
    if (before(heap[child]!, row) <= 0) break;
    heap[node] = heap[child]!;
    node = child;
  }
  heap[node] = row;
}
