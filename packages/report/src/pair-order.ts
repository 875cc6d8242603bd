import { clusterOrder } from '@qualm/viz/svg';
import type { DecidingColumns } from './report-data.ts';

/** Classes on an axis of the table of pairs. */
const mostPairClasses = 14;

/** The classes that most cells are torn between, those that are confused side by side. */
export function pairOrder(cells: Pick<DecidingColumns, 'label' | 'second'>, numClasses: number): number[] {
  const pairs = new Map<number, number>();
  const weight = new Map<number, number>();
  cells.label.forEach((label, index) => {
    const second = cells.second[index]!;
    if (label < 0 || second < 0) return;
    pairs.set(label * numClasses + second, (pairs.get(label * numClasses + second) ?? 0) + 1);
    for (const one of [label, second]) weight.set(one, (weight.get(one) ?? 0) + 1);
  });
  const kept = [...weight]
    .sort(([a, one], [b, two]) => two - one || a - b)
    .slice(0, mostPairClasses)
    .map(([index]) => index)
    .sort((a, b) => a - b);
  const likeness = kept.flatMap((row) => kept.map((column) => pairs.get(row * numClasses + column) ?? 0));
  return clusterOrder(likeness, kept.length).map((place) => kept[place]!);
}
