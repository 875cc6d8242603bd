import { rowsOutput } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { createScore } from './create-score.ts';
import type { ScoreFunction } from './create-strategy.ts';

export interface GiniOptions {
  /** Divide by the impurity of k equal classes, (k - 1) / k, so 0..1 for a distribution. */
  readonly normalized?: boolean;
  /** Scale the scores to sum 1 before. Default true; else it is `1 - sum p^2` of what came. */
  readonly renormalize?: boolean;
  /** The impurity of a vector that is all zeros. Default NaN; without renormalising it is 1 anyhow.
   */
  readonly zero?: number;
}

/** Gini impurity on a scale of 0..1, or of the raw vector; without options it is `gini`. Scores are
 * probabilities: zeros add 0; NaN, a negative score or no scores give NaN. Raw vectors give 1 -
 * k..1.
 * @see Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees, section 4.3
 * @example createGini({ normalized: true })([0.5, 0.5]) // 1
 */
export function createGini(options: GiniOptions = {}): ScoreFunction {
  assertOptions('createGini', options, '{ normalized: true }');
  const { normalized = false, renormalize = true, zero = NaN } = options;
  const impurityOf = renormalize ? impurity : rawImpurity;
  const unit = (numClasses: number): number => (normalized ? (numClasses - 1) / numClasses : 1);
  const scoreAt = (scores: ArrayLike<number>, from: number, numClasses: number): number => {
    if (renormalize && isZero(scores, from, from + numClasses)) return zero;
    return impurityOf(scores, from, from + numClasses) / unit(numClasses);
  };
  const name = normalized ? 'normalizedGini' : 'gini';
  return createScore(name, 'descending', (scores) => scoreAt(scores, 0, scores.length), {
    scoreRows: (matrix, numClasses, out) => {
      const result = rowsOutput(name, matrix, numClasses, out);
      for (let row = 0; row < result.length; row++) result[row] = scoreAt(matrix, row * numClasses, numClasses);
      return result;
    },
    range: (numClasses) => {
      const [low, high] = renormalize ? [0, (numClasses - 1) / numClasses] : [1 - numClasses, 1];
      return [low / unit(numClasses), high / unit(numClasses)];
    },
  });
}

function isZero(scores: ArrayLike<number>, from: number, to: number): boolean {
  let i = from;
  while (i < to && scores[i] === 0) i++;
  return i === to && to > from;
}

/** `1 - sum q^2` with q = p / sum p, as twice the sum of q_i q_j over all pairs: nothing cancels
 * near a certain row.
 */
function impurity(scores: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += scores[i]! >= 0 ? scores[i]! : NaN;
  let pairs = to > from ? 0 : NaN;
  let before = 0;
  for (let i = from; i < to; i++) {
    const q = scores[i]! / sum;
    pairs += q * before;
    before += q;
  }
  return 2 * pairs;
}

function rawImpurity(scores: ArrayLike<number>, from: number, to: number): number {
  let squares = to > from ? 0 : NaN;
  for (let i = from; i < to; i++) squares += scores[i]! >= 0 ? scores[i]! ** 2 : NaN;
  return 1 - squares;
}
