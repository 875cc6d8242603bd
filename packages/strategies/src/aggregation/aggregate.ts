import { wrongArgument } from '@qualm/types';
import type { RankOrder } from '@qualm/types';
import type { ScoredColumn } from '../composition/scored-column.ts';
import { assertColumn, assertOptions } from '../numbers/assert-arguments.ts';
import type { Aggregation } from './aggregation.ts';
import { assertOffsets } from './assert-offsets.ts';

/** Options of `aggregate`. */
export interface AggregateOptions {
  /** What a group without values gets: a number; or what ranks it before all others, or after
   * them. There is no default, because tools differ: an image without a box is the least sure
   * one to some, and of no interest to others. */
  readonly empty: 'first' | 'last' | number;
  /** What NaN among the values does: the whole group is NaN (`propagate`), or it is left out
   * (`omit`). Default `propagate`.
   */
  readonly nan?: 'propagate' | 'omit';
}

/** A column with one number for each group of another's rows: the uncertainty of images from that
 * of their boxes. It is called `mean(entropy)`. Group i is `values[offsets[i]]` to
 * `values[offsets[i + 1] - 1]`, as in `ClassScoresColumn`.
 *
 * `empty: 'first'` gives +Infinity where large numbers come first and -Infinity where small ones
 * do, and `last` the reverse, so give a number where results are to be multiplied or added. A
 * group of nothing but NaN is NaN, never empty, and so ranks last of all.
 * @param offsets [n + 1], not falling, from 0 to the number of values.
 * @returns float64 [n], in the order that the aggregation gives them, with no range.
 * @throws RangeError for offsets that do not fit, an `empty` that is NaN, or an aggregation that
 * means nothing in this order.
 * @example aggregate({ name: 'entropy', order: 'descending', values: [0.5, 0.25, 1] }, [0, 2, 2, 3], mean, { empty: 0 }).values // Float64Array [0.375, 0, 1]
 */
export function aggregate(
  scored: ScoredColumn,
  offsets: ArrayLike<number>,
  aggregation: Aggregation,
  options: AggregateOptions,
): ScoredColumn & { readonly values: Float64Array } {
  assertColumn('aggregate', scored);
  assertAggregation('aggregate', aggregation);
  assertOptions('aggregate', options, "{ empty: 'last' }");
  const { name: column, values, order } = scored;
  const { name, reduce, orderOf } = aggregation;
  const { empty, nan = 'propagate' } = options;
  assertOffsets(`aggregate by ${name}`, offsets, values.length);
  const resultOrder = orderOf ? orderOf(order) : order;
  const ofNothing = emptyValue(name, empty, resultOrder);
  const someNaN = hasNaN(values, 0, values.length);
  const result = new Float64Array(offsets.length - 1);
  for (let group = 0; group < result.length; group++) {
    const start = offsets[group]!;
    const end = offsets[group + 1]!;
    if (start === end) result[group] = ofNothing;
    else if (!someNaN || !hasNaN(values, start, end)) result[group] = reduce(values, start, end, order);
    else result[group] = nan === 'omit' ? reduceNumbers(values, start, end) : NaN;
  }
  return { name: `${name}(${column})`, order: resultOrder, values: result };

  function reduceNumbers(all: ArrayLike<number>, start: number, end: number): number {
    const numbers: number[] = [];
    for (let i = start; i < end; i++) if (!Number.isNaN(all[i]!)) numbers.push(all[i]!);
    return numbers.length === 0 ? NaN : reduce(numbers, 0, numbers.length, order);
  }
}

function assertAggregation(where: string, value: unknown): void {
  if (typeof (Object(value) as Partial<Aggregation>).reduce === 'function' && !Array.isArray(value)) return;
  throw wrongArgument(where, 'the aggregation', value, 'one such as sum or topKMean(3)');
}

function emptyValue(name: string, empty: AggregateOptions['empty'], order: RankOrder): number {
  if (typeof empty === 'number' && !Number.isNaN(empty)) return empty;
  if (empty === 'first') return order === 'descending' ? Infinity : -Infinity;
  if (empty === 'last') return order === 'descending' ? -Infinity : Infinity;
  throw new RangeError(`aggregate by ${name}: empty is ${String(empty)}; expected 'first', 'last' or a number`);
}

function hasNaN(values: ArrayLike<number>, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (values[i] !== values[i]) return true;
  return false;
}
