import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { binOutcomes, type BinOptions } from './bin-outcomes.ts';
import { errorOfBins, type CalibrationNorm } from './error-of-bins.ts';
import { topOutcomes } from './labelled-rows.ts';

export interface CalibrationErrorOptions extends BinOptions {
  /** `l1`: the mean gap over all rows, the usual ECE; `l2`: the root of the mean squared gap;
   * `max`: the largest gap of a bin, which is the maximum calibration error (MCE). Default l1. */
  readonly norm?: CalibrationNorm;
}

/** How far confidence is from accuracy, 0..1, 0 is perfect: the gaps of `reliabilityTable`,
 * weighted by the rows in each bin. Takes what `reliabilityTable` takes. No rows give NaN.
 * @throws RangeError as `reliabilityTable`, and for an unknown norm.
 * @see Naeini, Cooper & Hauskrecht 2015, https://doi.org/10.1609/aaai.v29i1.9602;
 * `torchmetrics.CalibrationError`
 * @example expectedCalibrationError(Float64Array.of(0.5, 0.4, 0.1, 0.1, 0.8, 0.1), [1, 1], 3, { numBins: 3 }) // 0.35
 */
export function expectedCalibrationError(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: CalibrationErrorOptions = {},
): number {
  assertOptions('expectedCalibrationError', options, "{ norm: 'l2' }", 'options');
  const { norm = 'l1', ...bins } = options;
  const where = 'expectedCalibrationError';
  return errorOfBins(where, binOutcomes(where, topOutcomes(where, probabilities, labels, numClasses), bins), norm);
}
