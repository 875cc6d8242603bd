import { rowOf } from '@qualm/types/rows';
import { countBoxes, type DetectionRun } from './detection-run.ts';
import { nearestBox } from './nearest-box.ts';

/** How far an image's boxes move over augmentations: 0 or more, large is least sure (`descending`).
 * Of a reference box and its partners, the boxes of greatest IoU in each augmentation, it is the
 * variance of each edge, in widths or heights of the reference box, averaged over the four; an
 * augmentation in which nothing overlaps the box counts as a move by its whole size, 1. The image's
 * is the mean over its boxes, weighted by their largest class score.
 *
 *     v_k = 1 / (A + 1) (sum over found i of mean over edges e of ((e_i - mean e) / size)^2 +
 *     missed)
 *
 * No reference box, largest scores that sum to 0, or NaN give NaN; a box without width or height
 * has no unit, and gives NaN too.
 * @param augmented runs on augmentations, or passes of Monte Carlo dropout, whose boxes were mapped
 * to the reference's frame.
 * @throws RangeError without augmentations, or when boxes, scores and numClasses do not belong
 * together.
 * @see the variance over samples in Choi et al. 2021, Active Learning for Deep Object Detection via
 * Probabilistic Modeling, https://arxiv.org/abs/2103.16130, there of a mixture's components
 */
export function boxVariance(reference: DetectionRun, augmented: readonly DetectionRun[], numClasses: number): number {
  if (augmented.length === 0) throw new RangeError('boxVariance: no augmentations; expected at least one');
  const count = countBoxes('boxVariance', reference, numClasses);
  const counts = augmented.map((run) => countBoxes('boxVariance', run, numClasses));
  let sum = 0;
  let weights = 0;
  for (let k = 0; k < count; k++) {
    const weight = Math.max(...rowOf(reference.scores, k, numClasses));
    const members: ArrayLike<number>[] = [reference.boxes.subarray(4 * k, 4 * k + 4)];
    augmented.forEach((run, a) => {
      const [iou, partner] = counts[a]! > 0 ? nearestBox(reference.boxes, k, run.boxes, counts[a]!) : [0, -1];
      // NaN is a partner, so that it is seen.
      if (iou !== 0) members.push(run.boxes.subarray(4 * partner, 4 * partner + 4));
    });
    const missed = augmented.length + 1 - members.length;
    weights += weight;
    sum += (weight * (squaresOf(members) + missed)) / (augmented.length + 1);
  }
  return sum / weights;
}

/** The squared deviations of the edges from their means, in sizes of the first box, averaged over
 * the four edges and added over the boxes.
 */
function squaresOf(members: readonly ArrayLike<number>[]): number {
  const [xmin, ymin, xmax, ymax] = Array.from(members[0]!) as [number, number, number, number];
  const sizes = [xmax - xmin, ymax - ymin].map((size) => (size > 0 ? size : NaN));
  let squares = 0;
  for (let edge = 0; edge < 4; edge++) {
    const mean = members.reduce((sum, box) => sum + box[edge]!, 0) / members.length;
    for (const box of members) squares += ((box[edge]! - mean) / sizes[edge % 2]!) ** 2;
  }
  return squares / 4;
}
