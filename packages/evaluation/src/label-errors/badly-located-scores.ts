import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { noEvidence, scoreImages, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';

/** How well each drawn box lies: for each image [drawn boxes], 0..1, **small is suspect**
 * (`ascending`). Its similarity to the most similar found box of its label that scores more than
 * `lowScore` and overlaps with it; 1 where there is none, for then nothing speaks against it.
 *
 * The similarity of two boxes is alpha IoU + (1 - alpha) e^(-d / 10), with d the distance of
 * their centres in pixels: it depends on the scale of the images, and boxes must be in pixels.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a
 * model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together, or `alpha` is
 * not in 0..1.
 * @see Tkachenko, Thyagarajan & Mueller 2023, ObjectLab, https://arxiv.org/abs/2309.00832;
 * `cleanlab.object_detection.rank` */
export function badlyLocatedScores(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  const [images] = scoreImages('badlyLocatedScores', { given, predicted }, [badlyLocated], options);
  return images!.map(({ scores }) => scores);
}

/** The same of one image. The evidence is the found box that is most similar. */
export const badlyLocated: ScoreBoxes = (image, _, options) => {
  const { given, predicted, numGiven, numPredicted, iou, similarity } = image;
  const all = noEvidence(numGiven);
  for (let i = 0; i < numGiven; i++) {
    let nearest = -Infinity;
    for (let j = 0; j < numPredicted; j++) {
      const isSame = given.labelIds[i] === predicted.labelIds[j];
      if (!isSame || predicted.scores[j]! <= options.lowScore || iou(i, j) <= 0 || similarity(i, j) <= nearest)
        continue;
      nearest = similarity(i, j);
      all.scores[i] = nearest;
      all.found[i] = j;
    }
  }
  return all;
};
