import type { Strategy } from '@qualm/types';
import { assertStrategy } from '../numbers/assert-arguments.ts';
import { createStrategy, type ScoreFunction } from '../uncertainty/create-strategy.ts';
import { pivotOf, turnedRange } from './turn-range.ts';

/** The strategy turned so that large numbers are least sure: itself when it is `descending`, else
 * with its range turned over, or, where it has none that is finite, with its sign. The turned one
 * is called `<name>Uncertainty`.
 * @example orient(margin)([0.2, 0.5, 0.3]) // 0.8
 */
export function orient(strategy: Strategy): ScoreFunction {
  assertStrategy('orient', strategy);
  const { name, order, score, scoreRows, range } = strategy;
  if (order === 'descending') return createStrategy(name, order, score, { scoreRows, range });
  const pivot = (numClasses: number): number => pivotOf(range?.(numClasses));
  return createStrategy(`${name}Uncertainty`, 'descending', (scores) => pivot(scores.length) - score(scores), {
    range: range && ((numClasses) => turnedRange(range(numClasses), pivot(numClasses))),
    scoreRows:
      scoreRows &&
      ((matrix, numClasses, out) => {
        const result = scoreRows(matrix, numClasses, out);
        const from = pivot(numClasses);
        for (let row = 0; row < result.length; row++) result[row] = from - result[row]!;
        return result;
      }),
  });
}
