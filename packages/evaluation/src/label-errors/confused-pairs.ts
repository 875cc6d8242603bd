import { assertOptions } from '@qualm/types';
import { assertList } from '@qualm/types/rows';
import type { ConfusionTable } from './confusion-table.ts';

/** A label, and a class that it was predicted as. */
export interface ConfusedPair {
  readonly label: number;
  readonly prediction: number;
  readonly count: number;
  /** Of all that have this label, those that were predicted so. */
  readonly share: number;
}

/** Options of `confusedPairs`. */
export interface ConfusedPairsOptions {
  /** Pairs wanted; all of them when absent. */
  readonly limit?: number;
  /** Rank by the share of the label's rows, not by count. Default count. */
  readonly by?: 'count' | 'share';
  /** Have what was missed, and what was found where no label is, among the pairs. Default false. */
  readonly background?: boolean;
}

/** The pairs of a label and another class that were confused at least once, the most confused
 * first; ties by the other number, then by label and prediction. Each direction is a pair of its
 * own: cats taken for dogs are other errors than dogs taken for cats.
 * @throws RangeError when `limit` is not a whole number from 0, or `by` is unknown.
 * @example confusedPairs(confusionTable([0, 0, 1], [0, 1, 1], 2)) // [{ label: 0, prediction: 1, count: 1, share: 0.5 }]
 */
export function confusedPairs(table: ConfusionTable, options: ConfusedPairsOptions = {}): ConfusedPair[] {
  assertOptions('confusedPairs', table, 'what confusionTable gives', 'the table');
  assertList('confusedPairs', 'counts of the table', table.counts);
  assertOptions('confusedPairs', options, '{ limit: 10 }', 'options');
  const { limit = Infinity, by = 'count', background = false } = options;
  if (!(limit >= 0 && (Number.isInteger(limit) || limit === Infinity))) {
    throw new RangeError(`confusedPairs: limit is ${limit}; expected a whole number of 0 or more`);
  }
  if (by !== 'count' && by !== 'share') {
    throw new RangeError(`confusedPairs: by is "${String(by)}"; expected count or share`);
  }
  const other = by === 'count' ? 'share' : 'count';
  return pairsOf(table)
    .filter(({ label, prediction }) => background || (label !== table.background && prediction !== table.background))
    .sort((a, b) => b[by] - a[by] || b[other] - a[other] || a.label - b.label || a.prediction - b.prediction)
    .slice(0, limit);
}

function pairsOf({ counts, size }: ConfusionTable): ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  for (let label = 0; label < size; label++) {
    const row = counts.subarray(label * size, (label + 1) * size);
    const rows = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, prediction) => {
      if (count > 0 && prediction !== label) pairs.push({ label, prediction, count, share: count / rows });
    });
  }
  return pairs;
}
