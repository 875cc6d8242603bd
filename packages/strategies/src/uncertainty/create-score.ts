import type { RankOrder, Strategy } from '@qualm/types';
import { rowsOutput } from '@qualm/types/rows';
import { binaryRows } from '../numbers/lone-scores.ts';
import { createStrategy, type ScoreFunction, type StrategyExtras } from './create-strategy.ts';

/** A strategy of this package: `createStrategy`, and a lone score s is scored as the binary
 * distribution [s, 1 - s].
 */
export function createScore(
  name: string,
  order: RankOrder,
  score: Strategy['score'],
  { scoreRows, range }: Required<StrategyExtras>,
): ScoreFunction {
  return createStrategy(name, order, (scores) => score(scores.length === 1 ? binaryRows(scores) : scores), {
    scoreRows: (matrix, numClasses, out) => {
      if (numClasses !== 1) return scoreRows!(matrix, numClasses, out);
      return scoreRows!(binaryRows(matrix), 2, rowsOutput(name, matrix, 1, out));
    },
    range: (numClasses) => range!(Math.max(2, numClasses)),
  });
}
