import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertClassRows } from './assert-class-rows.ts';
import { confidentClasses } from './confident-classes.ts';
import { roundKeepingSum } from './round-keeping-sum.ts';

/** Options of `confidentJoint`. */
export interface ConfidentJointOptions {
  /** Scale each row to the number of rows with that label, so that rows of which nothing is
   * confident are counted too. Default true. */
  readonly calibrated?: boolean;
}

/** How many rows have label i and are confidently of class j: row-major [n, numClasses] and n
 * labels -> row-major [numClasses, numClasses], a row for each given label, a column for each
 * likely one. What stands off the diagonal is the estimate of label errors by kind. A row is
 * confidently of a class when its probability reaches the class's confident threshold, of its
 * likeliest class when it reaches several, and is not counted when it reaches none. A class counts
 * once on the diagonal at least. `calibrated` scales to the numbers of labels and rounds to whole
 * rows.
 * @throws RangeError for a number outside 0..1, NaN, fewer than two classes, or a label that is
 * not a class, naming the row.
 * @see Northcutt, Jiang & Chuang 2021, Confident learning, eq. 1 and 3,
 * https://arxiv.org/abs/1911.00068; `cleanlab.count.compute_confident_joint`
 * @example confidentJoint(Float64Array.of(0.8, 0.2, 0.6, 0.4, 0.3, 0.7, 0.2, 0.8), [0, 0, 1, 0], 2) // Uint32Array [2, 1, 0, 1]
 */
export function confidentJoint(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: ConfidentJointOptions = {},
): Uint32Array {
  assertOptions('confidentJoint', options, '{ calibrated: false }', 'options');
  const { calibrated = true } = options;
  const length = assertClassRows('confidentJoint', probabilities, labels, numClasses, 'refused');
  const classes = confidentClasses(probabilities, labels, numClasses);
  const joint = new Uint32Array(numClasses * numClasses);
  const labelled = new Uint32Array(numClasses);
  for (let row = 0; row < length; row++) {
    const label = labels.at(row)!;
    labelled[label]!++;
    if (classes[row]! >= 0) joint[label * numClasses + classes[row]!]!++;
  }
  for (let k = 0; k < numClasses; k++) joint[k * numClasses + k] ||= 1;
  if (calibrated) labelled.forEach((rows, k) => scaleRow(joint.subarray(k * numClasses, (k + 1) * numClasses), rows));
  return joint;
}

function scaleRow(counts: Uint32Array, rows: number): void {
  const sum = counts.reduce((total, count) => total + count, 0);
  counts.set(roundKeepingSum(Float64Array.from(counts, (count) => (count / sum) * rows)));
}
