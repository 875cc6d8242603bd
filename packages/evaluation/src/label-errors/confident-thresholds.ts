import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertClassRows } from './assert-class-rows.ts';

/** Above every probability: nothing is confidently of a class that no row is labelled with. */
const unreachable = 2;

/** Keeps a class that its own rows give no probability from being reached by every row. */
const leastThreshold = 2e-6;

/** How sure a model is of each class where it is the given label: row-major [n, numClasses] and n
 * labels -> [numClasses], the mean probability of class k over the rows labelled k, 0.000002 at
 * least. A row whose probability of a class reaches its threshold is confidently of that class,
 * whatever its label says. 2, out of reach, for a class that labels no row.
 * @throws RangeError for a number outside 0..1, NaN, fewer than two classes, or a label that is not
 * a class, naming the row.
 * @see Northcutt, Jiang & Chuang 2021, Confident learning, eq. 2, https://arxiv.org/abs/1911.00068;
 * `cleanlab.count.get_confident_thresholds`
 * @example confidentThresholds(Float64Array.of(0.8, 0.2, 0.6, 0.4, 0.3, 0.7), [0, 0, 1], 2) // Float64Array [0.7, 0.7]
 */
export function confidentThresholds(probabilities: Matrix, labels: Column<number>, numClasses: number): Float64Array {
  const length = assertClassRows('confidentThresholds', probabilities, labels, numClasses, 'refused');
  const sums = new Float64Array(numClasses);
  const counts = new Uint32Array(numClasses);
  for (let row = 0; row < length; row++) {
    const label = labels.at(row)!;
    sums[label]! += probabilities[row * numClasses + label]!;
    counts[label]!++;
  }
  return sums.map((sum, label) => (counts[label] === 0 ? unreachable : Math.max(sum / counts[label]!, leastThreshold)));
}
