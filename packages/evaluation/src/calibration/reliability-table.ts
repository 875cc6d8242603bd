import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { binOutcomes, type BinOptions, type ReliabilityTable } from './bin-outcomes.ts';
import { topOutcomes } from './labelled-rows.ts';

/** How sure a model was and how often it was right, in bins of confidence: row-major [n,
 * numClasses] and n labels to `numBins` rows. A row's confidence is its largest probability. With
 * `numClasses` 1 the numbers are confidences themselves, those of boxes or of sigmoid scores, and
 * a label is 1 where the thing was there and 0 where it was not. No rows give empty bins.
 * @throws RangeError for a number outside 0..1, NaN, or a label that is not a class, naming the
 * row.
 * @see DeGroot & Fienberg 1983, The comparison and evaluation of forecasters;
 * `sklearn.calibration.calibration_curve`
 * @example reliabilityTable(Float64Array.of(0.75, 0.5, 0.25), [1, 1, 0], 1, { numBins: 2 }).gap // Float64Array [0.25, -0.375]
 */
export function reliabilityTable(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: BinOptions = {},
): ReliabilityTable {
  return binOutcomes('reliabilityTable', topOutcomes('reliabilityTable', probabilities, labels, numClasses), options);
}
