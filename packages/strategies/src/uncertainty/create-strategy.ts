import type { RankOrder, Strategy } from '@qualm/types';

/** A strategy that is also the function it wraps: `margin([0.5, 0.25])`,
 * `rank(table, { by: margin })`.
 */
export type ScoreFunction = Strategy & ((scores: ArrayLike<number>) => number);

/** What a strategy may say and do beside scoring one vector. */
export interface StrategyExtras {
  /** The same for each row of a matrix, where that can be faster than `score` row by row. */
  readonly scoreRows?: Strategy['scoreRows'] | undefined;
  /** The least and the greatest number for so many classes, of scores in 0..1; infinite where there
   * is no bound.
   */
  readonly range?: Strategy['range'] | undefined;
}

/** A strategy out of a function: callable, frozen, and with the name and the order that ranking
 * wants to know.
 * @param order `descending` when large numbers are least sure and come first.
 * @example createStrategy('spread', 'ascending', (p) => Math.max(...Array.from(p)) - Math.min(...Array.from(p)))([0.5, 0.2]) // 0.3
 */
export function createStrategy(
  name: string,
  order: RankOrder,
  score: Strategy['score'],
  { scoreRows, range }: StrategyExtras = {},
): ScoreFunction {
  const call = (scores: ArrayLike<number>): number => score(scores);
  const properties = { name, order, score, ...(scoreRows && { scoreRows }), ...(range && { range }) };
  for (const [key, value] of Object.entries(properties)) Object.defineProperty(call, key, { value, enumerable: true });
  return Object.freeze(call) as unknown as ScoreFunction;
}
