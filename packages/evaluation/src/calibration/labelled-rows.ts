import type { Column } from '@qualm/types';
import { assertList, rowsOutput } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';

/** Predictions, each with how sure it was and whether it was right. */
export interface Outcomes {
  readonly confidences: Float64Array;
  /** 1 where the prediction was right. */
  readonly hits: Uint8Array;
}

/** The number of rows, once each is known to have a label of its own.
 * @throws RangeError that names the first row whose label is not one of `numClasses` (0 or 1, when
 * there is one), or that `isValid` refuses.
 */
export function assertLabelled(
  where: string,
  matrix: Matrix,
  labels: Column<number>,
  numClasses: number,
  isValid: (value: number) => boolean,
): number {
  const { length } = rowsOutput(where, matrix, numClasses);
  assertList(where, 'labels', labels);
  if (labels.length !== length) {
    throw new RangeError(`${where}: ${labels.length} labels for ${length} rows; expected one for each`);
  }
  const most = numClasses === 1 ? 1 : numClasses - 1;
  for (let row = 0; row < length; row++) {
    const label = labels.at(row)!;
    if (!(Number.isInteger(label) && label >= 0 && label <= most)) {
      throw new RangeError(`${where}: row ${row} has the label ${label}; expected a class from 0 to ${most}`);
    }
    for (let i = row * numClasses; i < (row + 1) * numClasses; i++) {
      if (!isValid(matrix[i]!)) throw new RangeError(`${where}: row ${row} holds ${matrix[i]}`);
    }
  }
  return length;
}

/** As `assertLabelled`, of numbers from 0 to 1. */
export function assertProbabilities(where: string, matrix: Matrix, labels: Column<number>, numClasses: number): number {
  return assertLabelled(where, matrix, labels, numClasses, (p) => p >= 0 && p <= 1);
}

/** Of each row its largest probability (the first of equals), and whether that is the label's. A
 * single class is a confidence, and the label says itself whether it was right. */
export function topOutcomes(where: string, matrix: Matrix, labels: Column<number>, numClasses: number): Outcomes {
  const length = assertProbabilities(where, matrix, labels, numClasses);
  const confidences = new Float64Array(length);
  const hits = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    let best = row * numClasses;
    for (let i = best + 1; i < (row + 1) * numClasses; i++) if (matrix[i]! > matrix[best]!) best = i;
    confidences[row] = matrix[best]!;
    hits[row] = Number(labels.at(row) === (numClasses === 1 ? 1 : best - row * numClasses));
  }
  return { confidences, hits };
}

/** Of each row the probability of one class, and whether that is the label. */
export function classOutcomes(matrix: Matrix, labels: Column<number>, numClasses: number, label: number): Outcomes {
  const length = labels.length;
  return {
    confidences: Float64Array.from({ length }, (_, row) => matrix[row * numClasses + label]!),
    hits: Uint8Array.from({ length }, (_, row) => Number(labels.at(row) === label)),
  };
}
