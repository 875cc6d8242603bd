import { bestOnly, countBoxes, countImages, iouOfBoxes } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { boxesInCrowds } from '../boxes-in-crowds.ts';

/** Boxes of an image that people drew beside those that a model found. */
export interface BoxComparison {
  readonly given: GroundTruth;
  readonly predicted: ScoredBoxArrays;
  readonly numGiven: number;
  readonly numPredicted: number;
  readonly iou: (given: number, predicted: number) => number;
  /** 0..1: alpha IoU + (1 - alpha) e^(-d / 10), with d the distance of the two centres; 0 from
   * about 370 pixels on, without overlap. */
  readonly similarity: (given: number, predicted: number) => number;
  /** Whether half of a predicted box lies in a crowd of its label. */
  readonly isInCrowd: (predicted: number) => boolean;
}

const halfOfBox = 0.5;

/** Compares the boxes of each image, one image at a time.
 * @throws RangeError when images, boxes, labels and scores do not belong together, or `alpha` is
 * not in 0..1.
 */
export function* compareBoxes(
  where: string,
  images: { readonly given: readonly GroundTruth[]; readonly predicted: readonly ScoredBoxArrays[] },
  alpha: number,
): Generator<BoxComparison> {
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`${where}: alpha is ${alpha}; expected 0 to 1`);
  const length = countImages(where, images.given, images.predicted);
  for (let image = 0; image < length; image++) {
    const [given, predicted] = [bestOnly(images.given[image]!), bestOnly(images.predicted[image]!)];
    yield compareImage(`${where}: image ${image}`, given, predicted, alpha);
  }
}

function compareImage(where: string, given: GroundTruth, predicted: ScoredBoxArrays, alpha: number): BoxComparison {
  const numGiven = countBoxes(where, given);
  const numPredicted = countBoxes(where, predicted);
  const ious = new Float64Array(numGiven * numPredicted);
  const similarities = new Float64Array(numGiven * numPredicted);
  for (let i = 0, pair = 0; i < numGiven; i++) {
    for (let j = 0; j < numPredicted; j++, pair++) {
      ious[pair] = iouOfBoxes(given.boxes, i, predicted.boxes, j);
      similarities[pair] = ious[pair]! * alpha + (1 - alpha) * nearness(given.boxes, 4 * i, predicted.boxes, 4 * j);
    }
  }
  const inCrowd = boxesInCrowds(given, predicted, halfOfBox, 'same');
  return {
    given,
    predicted,
    numGiven,
    numPredicted,
    iou: (i, j) => ious[i * numPredicted + j]!,
    similarity: (i, j) => similarities[i * numPredicted + j]!,
    isInCrowd: (j) => inCrowd[j] === 1,
  };
}

/** For each pixel between the centres. */
const decay = 0.1;

/* By way of its complement, as cleanlab has it: centres about 370 pixels apart are so far from
 * each other that it is 0, and the least similarity above 0, which other scores are made of, is
 * not that of the two most distant boxes of a large image. */

function nearness(first: Matrix, a: number, second: Matrix, b: number): number {
  const x = (first[a]! + first[a + 2]! - second[b]! - second[b + 2]!) / 2;
  const y = (first[a + 1]! + first[a + 3]! - second[b + 1]! - second[b + 3]!) / 2;
  const farness = 1 - Math.exp(-decay * Math.hypot(x, y));
  return 1 - farness;
}
