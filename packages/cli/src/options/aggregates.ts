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
import { parseAggregate } from './aggregate-names.ts';
import type { AggregateName } from './aggregate-names.ts';

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

/** What `--aggregate` means. */
export function resolveAggregate(text: string): Aggregation {
  const { name, argument } = parseAggregate(text);
  return byName[name](argument);
}

/** How `--aggregate` names the default aggregation. */
export function defaultAggregateText({ name }: Aggregation): string {
  return name === leastSure.name ? 'least-sure' : name;
}
