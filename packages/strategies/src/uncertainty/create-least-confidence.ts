import { assertOptions } from '../numbers/assert-arguments.ts';
import { createScore } from './create-score.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { leastConfidence } from './least-confidence.ts';

export interface LeastConfidenceOptions {
  /** Divide by the least confidence of k equal classes, (k - 1) / k, so 0..1 for a distribution. */
  readonly normalized?: boolean;
}

/** Least confidence on a scale of 0..1 whatever the number of classes; without options it is
 * `leastConfidence`. k is the length of the vector, so a vector that was cut to its best few scores
 * will not do. Scores that do not sum to 1 are taken as they come and can give up to k / (k - 1):
 * all zeros do.
 * @see Monarch 2021, Human-in-the-Loop Machine Learning, section 3.2.1
 * @example createLeastConfidence({ normalized: true })([0.75, 0.25, 0]) // 0.375
 */
export function createLeastConfidence(options: LeastConfidenceOptions = {}): ScoreFunction {
  assertOptions('createLeastConfidence', options, '{ normalized: true }');
  if (!options.normalized) return leastConfidence;
  const { order, score, scoreRows } = leastConfidence;
  return createScore('normalizedLeastConfidence', order, (scores) => scale(score(scores), scores.length), {
    scoreRows: (matrix, numClasses, out) => {
      const result = scoreRows!(matrix, numClasses, out);
      for (let row = 0; row < result.length; row++) result[row] = scale(result[row]!, numClasses);
      return result;
    },
    range: (numClasses) => [0, scale(1, numClasses)],
  });
}

function scale(value: number, numClasses: number): number {
  return (value * numClasses) / (numClasses - 1);
}
