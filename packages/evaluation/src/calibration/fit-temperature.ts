import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import { assertList, toProbabilities } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import type { BinOptions } from './bin-outcomes.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import { assertLabelled, assertProbabilities } from './labelled-rows.ts';
import { rootOfSlope } from './root-of-slope.ts';
import { scaledLikelihood } from './scaled-likelihood.ts';

export interface FitTemperatureOptions extends BinOptions {
  /** What the numbers are. Of probabilities the logarithm is taken, and a zero counts as 2^-126:
   * where there are logits, give those. Default logits. */
  readonly from?: 'logits' | 'probabilities';
  /** The temperature found is no smaller. Default 0.001. */
  readonly minTemperature?: number;
  /** The temperature found is no greater. Default 1000. */
  readonly maxTemperature?: number;
}

/** How well probabilities fit labels. */
export interface Calibration {
  /** Mean negative log-likelihood, in nats. */
  readonly nll: number;
  /** Expected calibration error. */
  readonly ece: number;
}

export interface TemperatureFit {
  readonly temperature: number;
  /** The likelihood would go on rising beyond the least or the greatest temperature allowed:
   * every label is right, say. Such a temperature says nothing. */
  readonly atBound: boolean;
  /** How often the likelihood was computed. */
  readonly iterations: number;
  /** At temperature 1. */
  readonly before: Calibration;
  /** At the temperature found, on the same rows. */
  readonly after: Calibration;
}

/** The temperature at which softmax(logits / T) makes the labels likeliest: row-major [n,
 * numClasses] and n labels to one number. With `numClasses` 1 the logits are those of yes or no,
 * labels 1 or 0, and sigmoid(logit / T) is fitted. The likelihood is convex in 1 / T, so there is
 * one answer, found by Newton steps inside a bracket to 12 digits. Temperature changes no row's
 * best class; it does change the order of rows by uncertainty. When all temperatures fit alike
 * (logits that are equal in every row) it is 1.
 * @throws RangeError when there are no rows; for NaN or Infinity, a label that is not a class or
 * has the logit -Infinity, naming the row; for bounds that are not 0 < min < max.
 * @see Guo, Pleiss, Sun & Weinberger 2017, https://arxiv.org/abs/1706.04599, section 4.2
 * @example fitTemperature(Float64Array.of(2, 0, 2, 0, 2, 0, 2, 0), [0, 0, 0, 1], 2).temperature // 1.82047..., 2 / ln 3
 */
export function fitTemperature(
  logits: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: FitTemperatureOptions = {},
): TemperatureFit {
  assertOptions('fitTemperature', options, "{ from: 'probabilities' }", 'options');
  assertList('fitTemperature', 'logits', logits);
  const { from = 'logits', minTemperature = 1e-3, maxTemperature = 1e3, ...bins } = options;
  if (!(minTemperature > 0 && minTemperature < maxTemperature && maxTemperature < Infinity)) {
    throw new RangeError(`fitTemperature: bounds are ${minTemperature} and ${maxTemperature}; expected 0 < min < max`);
  }
  const finite = finiteLogits(logits, labels, numClasses, from);
  const likelihood = scaledLikelihood(finite, labels, numClasses);
  const { root, atBound, iterations } = rootOfSlope(likelihood, 1 / maxTemperature, 1 / minTemperature);
  const temperature = 1 / root;
  const at = (t: number): Calibration => ({
    nll: likelihood(1 / t).nll,
    ece: expectedCalibrationError(toProbabilities(finite, numClasses, { temperature: t }), labels, numClasses, bins),
  });
  return { temperature, atBound, iterations, before: at(1), after: at(temperature) };
}

function finiteLogits(matrix: Matrix, labels: Column<number>, numClasses: number, from: string): Float64Array {
  const where = 'fitTemperature';
  if (from !== 'logits' && from !== 'probabilities') {
    throw new RangeError(`${where}: from is "${from}"; expected logits or probabilities`);
  }
  if (matrix.length === 0) throw new RangeError(`${where}: no rows; expected labelled rows`);
  if (from === 'probabilities') {
    assertProbabilities(where, matrix, labels, numClasses);
    const log = (p: number): number => Math.log(Math.max(p, 2 ** -126));
    return Float64Array.from(matrix, (p) => (numClasses === 1 ? log(p) - log(1 - p) : log(p)));
  }
  const isLogit = (z: number): boolean => z < Infinity && (numClasses > 1 || z > -Infinity);
  assertLabelled(where, matrix, labels, numClasses, isLogit);
  for (let row = 0; numClasses > 1 && row < labels.length; row++) {
    if (matrix[row * numClasses + labels.at(row)!] === -Infinity) {
      throw new RangeError(
        `${where}: row ${row} has the logit -Infinity for its label, which no temperature makes likely`,
      );
    }
  }
  return Float64Array.from(matrix);
}
