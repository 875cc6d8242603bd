import { iouOfBoxes } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { noEvidence, scoreImages, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';

/** How unlikely it is that each drawn box has the label of another class: for each image [drawn
 * boxes], 0..1, **small is suspect** (`ascending`). 1 minus its similarity (see
 * `badlyLocatedScores`) to the most similar found box of another label that scores more than
 * `highScore` and lies in no crowd of its label; 1 where there is none. Never less than the
 * least similarity of any two boxes of all images, which a box has that lies on another of
 * another label (IoU 0.95), unless `overlapCheck` is false.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a
 * model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or `alpha` is
 * not in 0..1.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank`, which has no crowds */
export function swappedScores(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  const [images] = scoreImages('swappedScores', { given, predicted }, [swapped], options);
  return images!.map(({ scores }) => scores);
}

/** The same of one image. The evidence is the found box of the other label, or the drawn one
 * beneath.
 */
export const swapped: ScoreBoxes = (image, least, options) => {
  const { given, predicted, numGiven, numPredicted, similarity, isInCrowd } = image;
  const all = noEvidence(numGiven);
  for (let i = 0; i < numGiven; i++) {
    const beneath = options.overlapCheck ? boxBeneath(given, i) : -1;
    if (beneath >= 0) {
      all.scores[i] = least;
      all.drawn[i] = beneath;
      continue;
    }
    let nearest = -Infinity;
    for (let j = 0; j < numPredicted; j++) {
      const isSure = predicted.scores[j]! > options.highScore && !isInCrowd(j);
      if (!isSure || given.labelIds[i] === predicted.labelIds[j] || similarity(i, j) <= nearest) continue;
      nearest = similarity(i, j);
      all.found[i] = j;
    }
    if (nearest > -Infinity) all.scores[i] = Math.max(least, 1 - nearest);
  }
  return all;
};

/** Two drawn boxes with so great an IoU are around one object. */
const sameObject = 0.95;

/** The first drawn box of another label in the place of this one; -1 where there is none. */
function boxBeneath({ boxes, labelIds }: GroundTruth, i: number): number {
  for (let other = 0; other < labelIds.length; other++) {
    if (labelIds[other] !== labelIds[i] && iouOfBoxes(boxes, i, boxes, other) >= sameObject) return other;
  }
  return -1;
}
