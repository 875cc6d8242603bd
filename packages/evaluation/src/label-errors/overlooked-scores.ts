import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { noEvidence, scoreImages, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';

/** How unlikely it is that people overlooked each found box: for each image [predicted boxes],
 * 0..1, **small is suspect** (`ascending`). Asked of boxes alone that score `highScore` at
 * least, overlap with no drawn box and lie in no crowd of their label; NaN for others. Such a
 * box has the similarity (see `badlyLocatedScores`) of the most similar drawn box of its label;
 * where the image has none, the least similarity of any two boxes of all images, times 1 -
 * score.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a
 * model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or `alpha` is
 * not in 0..1.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank`, which has no crowds */
export function overlookedScores(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  const [images] = scoreImages('overlookedScores', { given, predicted }, [overlooked], options);
  return images!.map(({ scores }) => scores);
}

/** The same of one image. The evidence of a box is the box itself. */
export const overlooked: ScoreBoxes = (image, least, options) => {
  const { given, predicted, numGiven, numPredicted, iou, similarity, isInCrowd } = image;
  const all = noEvidence(numPredicted);
  for (let j = 0; j < numPredicted; j++) {
    all.scores[j] = NaN;
    const score = predicted.scores[j]!;
    if (score < options.highScore || isInCrowd(j)) continue;
    let nearest = -Infinity;
    let isApart = true;
    for (let i = 0; i < numGiven; i++) {
      if (iou(i, j) > 0) isApart = false;
      if (given.labelIds[i] === predicted.labelIds[j]) nearest = Math.max(nearest, similarity(i, j));
    }
    if (!isApart) continue;
    all.scores[j] = nearest === -Infinity ? least * (1 - score) : nearest;
    all.found[j] = j;
  }
  return all;
};
