import { rowOf } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { nonNegative, sumOfRow } from '../committee/consensus.ts';
import { distributionRows } from '../numbers/lone-scores.ts';
import { countBoxes, type DetectionRun } from './detection-run.ts';
import { nearestBox } from './nearest-box.ts';

/** Options of `caldConsistency`. */
export interface CaldOptions {
  /** The consistency that tells most: the paper's 1.3. Perfect agreement of a sure box is 2, and
   * nothing is learnt from 0.
   */
  readonly beta?: number;
}

/** CALD's consistency of an image: 0..2, **small is least sure** (`ascending`). For each
 * augmentation the least, over the reference boxes k, of |IoU + (1 - JS) (max p + max q) / 2 -
 * beta|; then the mean over the augmentations. Here the augmented box is the one of greatest IoU
 * with box k (the first of equals), p and q are the class scores of the two, as they came in max,
 * renormalised in the Jensen-Shannon divergence JS (nats), where a lone score s is [s, 1 - s]. No
 * reference box gives 0, and an augmentation without boxes counts 0, as in the authors' code. NaN
 * in a box or a score gives NaN, as do all zeros.
 * @param augmented runs on augmentations whose boxes were mapped to the reference's frame.
 * @throws RangeError without augmentations, or when boxes, scores and numClasses do not belong
 * together.
 * @see Yu et al. 2022, Consistency-based Active Learning for Object Detection,
 * https://arxiv.org/abs/2103.10374
 */
export function caldConsistency(
  reference: DetectionRun,
  augmented: readonly DetectionRun[],
  numClasses: number,
  { beta = 1.3 }: CaldOptions = {},
): number {
  if (augmented.length === 0) throw new RangeError('caldConsistency: no augmentations; expected at least one');
  const count = countBoxes('caldConsistency', reference, numClasses);
  const counts = augmented.map((run) => countBoxes('caldConsistency', run, numClasses));
  if (count === 0) return 0;
  let sum = 0;
  augmented.forEach((run, a) => {
    if (counts[a]! > 0) sum += leastConsistency(reference, count, run, counts[a]!, numClasses, beta);
  });
  return sum / augmented.length;
}

function leastConsistency(
  reference: DetectionRun,
  count: number,
  run: DetectionRun,
  runCount: number,
  numClasses: number,
  beta: number,
): number {
  let least = Infinity;
  for (let k = 0; k < count; k++) {
    const [overlap, nearest] = nearestBox(reference.boxes, k, run.boxes, runCount);
    const p = rowOf(reference.scores, k, numClasses);
    const q = rowOf(run.scores, nearest, numClasses);
    const divergence = jensenShannon(distributionRows(p, numClasses), distributionRows(q, numClasses));
    const classes = 0.5 * (1 - divergence) * (Math.max(...p) + Math.max(...q));
    least = Math.min(least, Math.abs(overlap + classes - beta));
  }
  return least;
}

function jensenShannon(p: Matrix, q: Matrix): number {
  const [sumP, sumQ] = [sumOfRow(p, 0, p.length), sumOfRow(q, 0, q.length)];
  let divergence = 0;
  for (let k = 0; k < p.length; k++) {
    const [a, b] = [p[k]! / sumP, q[k]! / sumQ];
    const middle = (a + b) / 2;
    if (a !== 0) divergence += 0.5 * a * Math.log(a / middle);
    if (b !== 0) divergence += 0.5 * b * Math.log(b / middle);
  }
  return nonNegative(divergence);
}
