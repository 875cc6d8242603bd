import { keyAt, type Key, type Keys } from './keys.ts';
import type { Quotas } from './quotas.ts';

/** What keeps a row from being picked: enough of its group or class were, or it costs more than is
 * left.
 */
export type Obstacle = 'group' | 'class' | 'cost';

/** Limits that fill up as rows are taken. An obstacle never goes away again. */
export interface Limits {
  readonly obstacleOf: (row: number) => Obstacle | undefined;
  readonly take: (row: number) => void;
  /** Whether nothing more can be taken. */
  readonly areReached: () => boolean;
}

export interface LimitsOf {
  readonly count: number;
  readonly groups?: Keys | undefined;
  readonly maxPerGroup: number;
  readonly classes?: Keys | undefined;
  readonly quotas: Quotas;
  readonly costs?: ArrayLike<number> | undefined;
  readonly budget: number;
  /** That of the cheapest row. */
  readonly leastCost: number;
}

export function createLimits(of: LimitsOf): Limits {
  const { count, groups, maxPerGroup, classes, quotas, costs, budget, leastCost } = of;
  const perGroup = createTally(groups);
  const perClass = createTally(classes);
  let taken = 0;
  let spent = 0;
  return {
    obstacleOf: (row) => {
      if (groups && perGroup.numBeside(row) >= maxPerGroup) return 'group';
      if (classes && perClass.numBeside(row) >= quotas.maxOf(keyAt(classes, row))) return 'class';
      return costs && spent + costs[row]! > budget ? 'cost' : undefined;
    },
    take: (row) => {
      taken++;
      spent += costs?.[row] ?? 0;
      perGroup.add(row);
      perClass.add(row);
    },
    areReached: () => taken >= count || spent + leastCost > budget,
  };
}

/** Counts the taken rows of each key. Rows without one are beside none. */
function createTally(keys: Keys | undefined): { numBeside: (row: number) => number; add: (row: number) => void } {
  const taken = new Map<Key, number>();
  const numBeside = (row: number): number => (keys && taken.get(keyAt(keys, row))) ?? 0;
  return {
    numBeside,
    add: (row) => {
      const key = keys ? keyAt(keys, row) : null;
      if (key !== null) taken.set(key, numBeside(row) + 1);
    },
  };
}
