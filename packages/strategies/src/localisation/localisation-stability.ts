import { rowOf } from '@qualm/types/rows';
import { countBoxes, type DetectionRun } from './detection-run.ts';
import { nearestBox } from './nearest-box.ts';

/** How firmly an image's boxes stay in place over augmentations: 0..1, **small is least sure**
 * (`ascending`). A reference box's stability is its greatest IoU with a box of an augmentation,
 * averaged over the augmentations; the image's is the mean of its boxes', weighted by their largest
 * class score. IoU has no unit, so large and small boxes count alike. An augmentation without boxes
 * counts 0. No reference box, largest scores that sum to 0, or NaN give NaN.
 * @param augmented runs on augmentations whose boxes were mapped to the reference's frame.
 * @throws RangeError without augmentations, or when boxes, scores and numClasses do not belong
 * together.
 * @see Kao et al. 2018, Localization-Aware Active Learning for Object Detection,
 * https://arxiv.org/abs/1801.05124
 */
export function localisationStability(
  reference: DetectionRun,
  augmented: readonly DetectionRun[],
  numClasses: number,
): number {
  if (augmented.length === 0) throw new RangeError('localisationStability: no augmentations; expected at least one');
  const count = countBoxes('localisationStability', reference, numClasses);
  const counts = augmented.map((run) => countBoxes('localisationStability', run, numClasses));
  let sum = 0;
  let weights = 0;
  for (let k = 0; k < count; k++) {
    const weight = Math.max(...rowOf(reference.scores, k, numClasses));
    weights += weight;
    augmented.forEach((run, a) => {
      if (counts[a]! > 0) sum += (weight * nearestBox(reference.boxes, k, run.boxes, counts[a]!)[0]) / augmented.length;
    });
  }
  return sum / weights;
}
