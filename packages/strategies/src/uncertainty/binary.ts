import type { Strategy } from '@qualm/types';
import { assertStrategy } from '../numbers/assert-arguments.ts';
import { createStrategy, type ScoreFunction } from './create-strategy.ts';
import { perLabel } from './per-label.ts';

/** The strategy, for one confidence s, such as the only score of a box: it scores the binary
 * distribution [s, 1 - s], the larger part first. Name and order stay; the range is that of two
 * classes. All strategies rank alike here, s = 0.5 first. NaN, a confidence outside 0..1, or no
 * score, give NaN. For several labels there is `perLabel`.
 * @throws RangeError for a vector of two or more.
 * @example binary(entropy)([0.5]) // 0.6931471805599453
 * @example binary(margin)([0.2]) // 0.6000000000000001
 */
export function binary(strategy: Strategy): ScoreFunction {
  assertStrategy('binary', strategy);
  const { name, order, range } = strategy;
  const label = perLabel(strategy);
  return createStrategy(name, order, (scores) => label.score(assertLone(scores, scores.length)), {
    scoreRows: (matrix, numClasses, out) => label.scoreRows!(assertLone(matrix, numClasses), numClasses, out),
    range: range && (() => range(2)),
  });
}

function assertLone<Scores>(scores: Scores, numClasses: number): Scores {
  if (numClasses <= 1) return scores;
  throw new RangeError(`binary: ${numClasses} scores; expected one confidence (perLabel takes several)`);
}
