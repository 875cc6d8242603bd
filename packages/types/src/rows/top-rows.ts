import type { RankOrder } from '../strategy.ts';
import { assertOptions } from '../assert-argument.ts';
import { assertList, assertOrder } from './assert-rows.ts';
import { bucketRows } from './bucket-rows.ts';
import { firstRows } from './first-rows.ts';
import { likelyRows } from './likely-rows.ts';
import { compareTies, type TieOptions } from './ties.ts';

/** Options of `topRows`. */
export interface TopRowsOptions extends TieOptions {
  /** Rows wanted; all of them when absent. */
  readonly limit?: number;
}

/** The rows of `values` in order of rank: shape [n] -> [min(n, limit)]. NaN comes last; ties go by
 * id, or by seed and id, last of all by the order of the rows, so the same values always give the
 * same ranking. A `limit` gives the beginning of the full ranking, and rows that cannot be among
 * them are never put in order.
 * @throws RangeError when `limit` is not a whole number from 0, or `ids` has another length.
 * @example topRows([0.2, NaN, 0.9], 'descending', { limit: 2 }) // Uint32Array [2, 0]
 */
export function topRows(values: ArrayLike<number>, order: RankOrder, options: TopRowsOptions = {}): Uint32Array {
  assertList('topRows', 'values', values);
  assertOrder('topRows', order);
  assertOptions('topRows', options, '{ limit: 10 }', 'options');
  const { limit = values.length, ids } = options;
  if (!Number.isInteger(limit) || limit < 0)
    throw new RangeError(`topRows: limit is ${limit}; expected a whole number from 0`);
  if (ids && ids.length !== values.length)
    throw new RangeError(`topRows: ${ids.length} ids for ${values.length} values; expected one for each`);
  const sign = order === 'ascending' ? 1 : -1;
  const tied = compareTies(options);
  const before = (a: number, b: number): number => {
    const [x, y] = [sign * values[a]!, sign * values[b]!];
    if (x < y) return -1;
    if (x > y) return 1;
    return (x === y ? 0 : Number(Number.isNaN(x)) - Number(Number.isNaN(y))) || tied(a, b);
  };
  const { rows, ends } = bucketRows(values, likelyRows(values, sign, limit), sign, limit);
  let kept = 0;
  for (const end of ends) {
    const bucket = rows.subarray(kept, end);
    if (end <= limit) bucket.sort(before);
    else rows.set(firstRows(bucket, limit - kept, before), kept);
    kept = end;
  }
  return rows.slice(0, limit);
}
