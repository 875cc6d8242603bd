import { clusterOrder } from '@qualm/viz/svg';
import type { DecidingColumns } from './report-data.ts';

/** Classes on an axis of the table of pairs. */
const mostPairClasses = 14;

/** The classes that most cells are torn between, those that are confused side by side. */
export function pairOrder({ label, second }: Pick<DecidingColumns, 'label' | 'second'>, numClasses: number): number[] {
  const pairs = label.map((best, index) => [best, second[index]!] as const);
  return classOrder(
    pairs.filter((pair) => Math.min(...pair) >= 0),
    numClasses,
  );
}

/** The classes that are most often in these pairs, those that are paired side by side; -1 stands
 * for none.
 */
export function classOrder(all: readonly (readonly [number, number])[], numClasses: number): number[] {
  const pairs = new Map<number, number>();
  const weight = new Map<number, number>();
  for (const [one, two] of all) {
    const key = one * numClasses + two;
    if (one >= 0 && two >= 0) pairs.set(key, (pairs.get(key) ?? 0) + 1);
    for (const place of [one, two]) if (place >= 0) weight.set(place, (weight.get(place) ?? 0) + 1);
  }
  const kept = [...weight]
    .sort(([a, one], [b, two]) => two - one || a - b)
    .slice(0, mostPairClasses)
    .map(([index]) => index)
    .sort((a, b) => a - b);
  const likeness = kept.flatMap((row) => kept.map((column) => pairs.get(row * numClasses + column) ?? 0));
  return clusterOrder(likeness, kept.length).map((place) => kept[place]!);
}
