import type { Aggregation } from '../aggregation/aggregation.ts';
import { leastSure, maximum, minimum } from '../aggregation/extremes.ts';
import { quantile } from '../aggregation/quantile.ts';
import { countOfBoxes, meanOfBoxes, sumOfBoxes } from '../aggregation/sums.ts';
import { topKMean } from '../aggregation/top-k-mean.ts';
import { parseAggregation } from './names.ts';
import type { AggregationName } from './names.ts';

const byName: Readonly<Record<AggregationName, (argument: number) => Aggregation>> = {
  'least-sure': () => leastSure,
  max: () => maximum,
  min: () => minimum,
  mean: () => meanOfBoxes,
  sum: () => sumOfBoxes,
  count: () => countOfBoxes,
  'top-mean': topKMean,
  quantile,
};

/** The aggregation that command lines call so, with its number; null where there is none: see
 * `aggregationNames`.
 * @example aggregationNamed('top-mean:3').name // 'top3Mean'
 */
export function aggregationNamed(text: string): Aggregation | null {
  const parsed = typeof text === 'string' ? parseAggregation(text) : null;
  return parsed && byName[parsed.name](parsed.argument);
}
