import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { binOutcomes } from './bin-outcomes.ts';
import { errorOfBins } from './error-of-bins.ts';
import type { CalibrationErrorOptions } from './expected-calibration-error.ts';
import { assertProbabilities, classOutcomes } from './labelled-rows.ts';

/** The calibration error of each class's probability against how often rows have that label:
 * [numClasses], each 0..1. Their mean is the classwise ECE; unlike the plain one it sees all
 * classes, not only each row's best. No rows give NaN.
 * @throws RangeError as `expectedCalibrationError`; and with `numClasses` 1, where that is the one
 * to call.
 * @see Kull et al. 2019, Beyond temperature scaling, https://arxiv.org/abs/1910.12656, section 2
 * @example classwiseCalibrationError(Float64Array.of(0.75, 0.25, 0.75, 0.25), [0, 1], 2) // Float64Array [0.25, 0.25]
 */
export function classwiseCalibrationError(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: CalibrationErrorOptions = {},
): Float64Array {
  assertOptions('classwiseCalibrationError', options, "{ norm: 'l2' }", 'options');
  const { norm = 'l1', ...bins } = options;
  const where = 'classwiseCalibrationError';
  if (numClasses === 1) throw new RangeError(`${where}: numClasses is 1; expectedCalibrationError takes confidences`);
  assertProbabilities(where, probabilities, labels, numClasses);
  return Float64Array.from({ length: numClasses }, (_, label) =>
    errorOfBins(where, binOutcomes(where, classOutcomes(probabilities, labels, numClasses, label), bins), norm),
  );
}
