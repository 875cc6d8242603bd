import type { LabelledBoxes, PredictedBoxes } from './labelled-boxes.ts';
import { scoreImages, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';

/** How unlikely it is that people overlooked each found box: for each image [predicted boxes], 0..1, **small is
 * suspect** (`ascending`). Asked of boxes alone that score `highScore` at least and overlap with no drawn box; NaN
 * for others. Such a box has the similarity (see `badlyLocatedScores`) of the most similar drawn box of its label;
 * where the image has none, the least similarity of any two boxes of all images, times 1 - score.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or `alpha` is not in 0..1.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank` */
export function overlookedScores(
  given: readonly LabelledBoxes[],
  predicted: readonly PredictedBoxes[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  return scoreImages('overlookedScores', { given, predicted }, [overlooked], options)[0]!;
}

/** The same of one image. */
export const overlooked: ScoreBoxes = ({ given, predicted, numGiven, numPredicted, iou, similarity }, least, options) =>
  Float64Array.from({ length: numPredicted }, (_, j) => {
    const score = predicted.scores[j]!;
    if (score < options.highScore) return NaN;
    let nearest = -Infinity;
    for (let i = 0; i < numGiven; i++) {
      if (iou(i, j) > 0) return NaN;
      if (given.labelIds[i] === predicted.labelIds[j]) nearest = Math.max(nearest, similarity(i, j));
    }
    return nearest === -Infinity ? least * (1 - score) : nearest;
  });
