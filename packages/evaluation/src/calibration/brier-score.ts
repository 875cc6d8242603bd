import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertProbabilities } from './labelled-rows.ts';

/** The mean squared distance of the probabilities from the labels, 0 is perfect: 0..2 for a
 * distribution, the sum over all classes; 0..1 for confidences (`numClasses` 1). Takes what
 * `reliabilityTable` takes. No rows give NaN.
 * @throws RangeError as `reliabilityTable`.
 * @see Brier 1950, Verification of forecasts expressed in terms of probability;
 * `sklearn.metrics.brier_score_loss`
 * @example brierScore(Float64Array.of(0.5, 0.5, 1, 0), [0, 0], 2) // 0.25
 */
export function brierScore(probabilities: Matrix, labels: Column<number>, numClasses: number): number {
  const length = assertProbabilities('brierScore', probabilities, labels, numClasses);
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const label = labels.at(row)!;
    for (let i = 0; i < numClasses; i++) {
      const wanted = numClasses === 1 ? label : Number(i === label);
      sum += (probabilities[row * numClasses + i]! - wanted) ** 2;
    }
  }
  return sum / length;
}
