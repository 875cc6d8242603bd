import { iouOfBoxes } from '../localisation/iou-of-boxes.ts';
import type { LabelledBoxes, PredictedBoxes } from './labelled-boxes.ts';
import { scoreImages, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';

/** How unlikely it is that each drawn box has the label of another class: for each image [drawn boxes], 0..1, **small
 * is suspect** (`ascending`). 1 minus its similarity (see `badlyLocatedScores`) to the most similar found box of
 * another label that scores more than `highScore`; 1 where there is none. Never less than the least similarity of any
 * two boxes of all images, which a box has that lies on another of another label (IoU 0.95), unless `overlapCheck` is
 * false.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or `alpha` is not in 0..1.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank` */
export function swappedScores(
  given: readonly LabelledBoxes[],
  predicted: readonly PredictedBoxes[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  return scoreImages('swappedScores', { given, predicted }, [swapped], options)[0]!;
}

/** The same of one image. */
export const swapped: ScoreBoxes = (image, least, options) => {
  const { given, predicted, numGiven, numPredicted, similarity } = image;
  return Float64Array.from({ length: numGiven }, (_, i) => {
    if (options.overlapCheck && liesOnAnother(given, i)) return least;
    let nearest = -Infinity;
    for (let j = 0; j < numPredicted; j++) {
      const isOther = given.labelIds[i] !== predicted.labelIds[j];
      if (isOther && predicted.scores[j]! > options.highScore) nearest = Math.max(nearest, similarity(i, j));
    }
    return nearest === -Infinity ? 1 : Math.max(least, 1 - nearest);
  });
};

/** Two drawn boxes with so great an IoU are around one object. */
const sameObject = 0.95;

function liesOnAnother({ boxes, labelIds }: LabelledBoxes, i: number): boolean {
  for (let other = 0; other < labelIds.length; other++) {
    if (labelIds[other] !== labelIds[i] && iouOfBoxes(boxes, i, boxes, other) >= sameObject) return true;
  }
  return false;
}
