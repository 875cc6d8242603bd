import {
  countOfBoxes,
  leastSure,
  maximum,
  meanOfBoxes,
  minimum,
  quantile,
  sumOfBoxes,
  topKMean,
} from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import { parseAggregate } from './aggregate-names.ts';
import type { AggregateName } from './aggregate-names.ts';
import { UsageError } from './exit-code.ts';

const byName: Readonly<Record<AggregateName, (argument: number) => Aggregation>> = {
  'least-sure': () => leastSure,
  max: () => maximum,
  min: () => minimum,
  mean: () => meanOfBoxes,
  sum: () => sumOfBoxes,
  count: () => countOfBoxes,
  'top-mean': topKMean,
  quantile,
};

/** What `--aggregate` means.
 * @throws UsageError when it means nothing for a strategy whose small numbers are least sure.
 */
export function resolveAggregate(text: string, strategy: Strategy): Aggregation {
  const { name, argument } = parseAggregate(text);
  if (name === 'sum' && strategy.order === 'ascending') {
    throw new UsageError(
      `--aggregate sum: small numbers of ${strategy.name} are least sure, so every box more would make an image look surer; ` +
        'choose a strategy whose large numbers are, entropy say',
    );
  }
  return byName[name](argument);
}
