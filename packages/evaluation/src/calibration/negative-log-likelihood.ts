import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertProbabilities } from './labelled-rows.ts';

/** The mean of -ln p over the rows, in nats, where p is the probability of the label: 0 is perfect,
 * Infinity when a label has none. With `numClasses` 1, p is the confidence where the label is 1,
 * and what is missing to 1 where it is 0. Takes what `reliabilityTable` takes. No rows give NaN.
 * @throws RangeError as `reliabilityTable`.
 * @see Good 1952, Rational decisions; `sklearn.metrics.log_loss`, which lifts zeros to the least
 * step of its float type
 * @example negativeLogLikelihood(Float64Array.of(0.5, 0.5, 1, 0), [0, 0], 2) // 0.34657359027997264
 */
export function negativeLogLikelihood(probabilities: Matrix, labels: Column<number>, numClasses: number): number {
  const length = assertProbabilities('negativeLogLikelihood', probabilities, labels, numClasses);
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const label = labels.at(row)!;
    if (numClasses === 1) sum -= label === 1 ? Math.log(probabilities[row]!) : Math.log1p(-probabilities[row]!);
    else sum -= Math.log(probabilities[row * numClasses + label]!);
  }
  return length === 0 ? NaN : sum / length + 0;
}
