import type { RankOrder } from '@qualm/types';
import type { Aggregation } from './aggregation.ts';

/** The sum: uncertainty grows with every box. Of descending scores only, as more boxes would make
 * ascending ones look surer.
 * @throws RangeError when `aggregate` is given ascending scores; see `orient`.
 */
export const sumOfBoxes: Aggregation = { name: 'sum', reduce: total, orderOf: onlyDescending };

/** The arithmetic mean, which does not grow with the number of boxes. */
export const meanOfBoxes: Aggregation = {
  name: 'mean',
  reduce: (values, start, end) => total(values, start, end) / (end - start),
};

/** How many values there are, whatever they are; large counts come first. `empty: 0` is the count
 * of none.
 */
export const countOfBoxes: Aggregation = {
  name: 'count',
  reduce: (_values, start, end) => end - start,
  orderOf: () => 'descending',
};

function total(values: ArrayLike<number>, start: number, end: number): number {
  let result = 0;
  for (let i = start; i < end; i++) result += values[i]!;
  return result;
}

function onlyDescending(order: RankOrder): RankOrder {
  if (order === 'descending') return order;
  throw new RangeError(
    'aggregate by sum: the scores are ascending, small ones least sure, so every additional box would make an image look surer; ' +
      'expected descending ones: orient(strategy) turns them',
  );
}
