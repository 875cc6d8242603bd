import type { Column } from '@qualm/types';
import { assertList } from '@qualm/types/rows';

/** How often each label was predicted as each class. */
export interface ConfusionTable {
  /** Row-major [size, size]: a row for each label, a column for each prediction. */
  readonly counts: Uint32Array;
  /** The number of classes, and one more where there is a background, which is the last row and
   * column.
   */
  readonly size: number;
  /** The row of what was predicted where no label is, and the column of labels that were not
   * found; null for whole images. */
  readonly background: number | null;
}

/** How often each label was predicted as each class: n labels and n predicted classes, both from 0
 * to below `numClasses`. The diagonal is what both agree on. No rows give zeros.
 * @throws RangeError when there is not one prediction for each label, or one of either is not a
 * class.
 * @see `sklearn.metrics.confusion_matrix`
 * @example confusionTable([0, 0, 1], [0, 1, 1], 2).counts // Uint32Array [1, 1, 0, 1]
 */
export function confusionTable(
  labels: Column<number>,
  predictions: Column<number>,
  numClasses: number,
): ConfusionTable {
  if (!(Number.isInteger(numClasses) && numClasses >= 1)) {
    throw new RangeError(`confusionTable: numClasses is ${numClasses}; expected a whole number of 1 or more`);
  }
  assertList('confusionTable', 'labels', labels);
  assertList('confusionTable', 'predictions', predictions);
  if (labels.length !== predictions.length) {
    throw new RangeError(
      `confusionTable: ${predictions.length} predictions for ${labels.length} labels; expected one for each`,
    );
  }
  const counts = new Uint32Array(numClasses * numClasses);
  for (let row = 0; row < labels.length; row++) {
    const label = classAt('confusionTable', 'label', labels, row, numClasses);
    counts[label * numClasses + classAt('confusionTable', 'prediction', predictions, row, numClasses)]!++;
  }
  return { counts, size: numClasses, background: null };
}

/** @throws RangeError when what stands there is no class. */
export function classAt(where: string, what: string, column: Column<number>, row: number, numClasses: number): number {
  const value = column.at(row)!;
  if (Number.isInteger(value) && value >= 0 && value < numClasses) return value;
  throw new RangeError(`${where}: ${what} ${row} is ${value}; expected a class from 0 to below ${numClasses}`);
}
