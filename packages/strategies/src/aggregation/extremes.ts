import type { RankOrder } from '@qualm/types';
import type { Aggregation } from './aggregation.ts';

/** The largest value. Of margins that is the surest box; `leastSure` looks at the order.
 * @example aggregate({ name: 'x', order: 'descending', values: [0.5, 0.25] }, [0, 2], maximum, { empty: 'last' }).values // Float64Array [0.5]
 */
export const maximum: Aggregation = {
  name: 'maximum',
  reduce: (values, start, end) => values[placeOfMost(values, start, end)]!,
  which: placeOfMost,
};

/** The smallest value. */
export const minimum: Aggregation = {
  name: 'minimum',
  reduce: (values, start, end) => values[placeOfLeast(values, start, end)]!,
  which: placeOfLeast,
};

/** The value that is least sure: the largest of descending scores, the smallest of ascending ones.
 * @example aggregate({ name: 'x', order: 'ascending', values: [0.5, 0.25] }, [0, 2], leastSure, { empty: 'last' }).values // Float64Array [0.25]
 */
export const leastSure: Aggregation = {
  name: 'leastSure',
  reduce: (values, start, end, order) => values[placeOfLeastSure(values, start, end, order)]!,
  which: placeOfLeastSure,
};

function placeOfMost(values: ArrayLike<number>, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function placeOfLeast(values: ArrayLike<number>, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if (values[i]! < values[best]!) best = i;
  return best;
}

function placeOfLeastSure(values: ArrayLike<number>, start: number, end: number, order: RankOrder): number {
  return (order === 'descending' ? placeOfMost : placeOfLeast)(values, start, end);
}
