import { topRows } from '@qualm/strategies';
import type { Matrix, Selection } from '@qualm/strategies';
import type { Strategy } from '@qualm/types';

/** What a strategy may look at when it chooses the next rows. Rows are numbered as in the pool. */
export interface Query {
  /** How many rows are wanted. */
  readonly count: number;
  /** The rows without a label that may be chosen, ascending. */
  readonly unlabelled: Uint32Array;
  /** The rows with one, in the order in which they were chosen, and the class of each. */
  readonly labelled: Uint32Array;
  readonly labels: Int32Array;
  /** What the learner says of each unlabelled row, in their order: row-major [unlabelled.length,
   * numClasses].
   */
  readonly probabilities: Float64Array;
  readonly numClasses: number;
  /** All rows of the pool, row-major [n, numFeatures]. */
  readonly features: Matrix;
  readonly numFeatures: number;
  /** Numbers from 0 to below 1, the same ones for the same seed, round and strategy. */
  readonly random: () => number;
  /** A number drawn from them, for methods that take a seed. */
  readonly seed: number;
}

/** Chooses rows of a pool. Anything of this shape is one, and so is a `Strategy`, whose least sure
 * rows come first.
 */
export interface QueryStrategy {
  readonly name: string;
  /** Rows of `query.unlabelled`, each once. More than `count` are cut. */
  select(query: Query): ArrayLike<number> | Selection | Promise<ArrayLike<number> | Selection>;
}

/** Chooses by chance: what every strategy is measured against. */
export const random: QueryStrategy = {
  name: 'random',
  select: ({ unlabelled, count, seed }) => {
    const places = topRows(new Float64Array(unlabelled.length), 'ascending', { seed, limit: count });
    return places.map((place) => unlabelled[place]!);
  },
};

/** A strategy as one that queries: the rows that it finds least sure, ties by the seed. */
export function toQueryStrategy(strategy: Strategy | QueryStrategy): QueryStrategy {
  if ('select' in strategy) return strategy;
  const { name, order, score, scoreRows } = strategy;
  return {
    name,
    select: ({ probabilities, numClasses, unlabelled, count, seed }) => {
      const values = scoreRows
        ? scoreRows(probabilities, numClasses)
        : Float64Array.from(unlabelled, (_, i) => score(probabilities.subarray(i * numClasses, (i + 1) * numClasses)));
      return topRows(values, order, { seed, limit: count }).map((place) => unlabelled[place]!);
    },
  };
}
