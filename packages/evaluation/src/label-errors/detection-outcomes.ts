import { assertOptions } from '@qualm/types';
import { bestOnly, countImages, leastOverlap, matchOf } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { boxesInCrowds } from '../boxes-in-crowds.ts';

/** Options of `detectionOutcomes` and `detectionConfusionTable`. */
export interface DetectionConfusionOptions {
  /** Boxes that match overlap by this at least. Default 0.5. */
  readonly minIou?: number;
  /** Predicted boxes that score less are left out. Default 0.3. */
  readonly minScore?: number;
}

/** Which box of an image was found as which. */
export interface DetectionOutcomes {
  /** [drawn boxes]: the place of the found box that matches, -1 for a box that was missed. */
  readonly found: Int32Array;
  /** [predicted boxes]: the place of the drawn box that matches, -1 where nothing was drawn, -2 for
   * a box that is not counted: it scores less than `minScore`, or lies in a crowd. */
  readonly drawn: Int32Array;
}

const [nothing, notCounted] = [-1, -2];

/** What became of each box of each image, by the pairs that `detectionConfusionTable` counts: boxes
 * are matched whatever their label, one to one, those of equal label first, then those of the
 * greatest IoU. A drawn box and its partner of equal label are right; a found box of another label
 * or without a partner is false; a drawn box without a partner was missed.
 * @throws RangeError when the images, boxes, labels or scores do not belong together.
 * @example const boxes = Float32Array.of(0, 0, 9, 9);
 * const predicted = [{ boxes, labelIds: [1], scores: [0.9] }];
 * detectionOutcomes([{ boxes, labelIds: [0] }], predicted)[0].found // Int32Array [0]
 */
export function detectionOutcomes(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: DetectionConfusionOptions = {},
): DetectionOutcomes[] {
  return outcomesOf('detectionOutcomes', given, predicted, options);
}

/** The same for a caller that names itself. */
export function outcomesOf(
  where: string,
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: DetectionConfusionOptions,
): DetectionOutcomes[] {
  assertOptions(where, options, '{ minIou: 0.5 }', 'options');
  const { minIou = 0.5, minScore = 0.3 } = options;
  const least = leastOverlap(where, minIou);
  if (!(minScore >= 0 && minScore <= 1)) throw new RangeError(`${where}: minScore is ${minScore}; expected 0 to 1`);
  return Array.from({ length: countImages(where, given, predicted) }, (_, image) => {
    const [truth, model] = [bestOnly(given[image]!), bestOnly(predicted[image]!)];
    const isSure = (j: number): boolean => model.scores[j]! >= minScore;
    const pairs = matchOf(`${where}: image ${image}`, truth, model, { minIou, counts: isSure });
    const inCrowd = boxesInCrowds(truth, model, least, 'any');
    const found = new Int32Array(truth.labelIds.length).fill(nothing);
    const drawn = Int32Array.from(inCrowd, (isIn, j) => (isSure(j) && !isIn ? nothing : notCounted));
    for (const { first, second } of pairs) [found[first], drawn[second]] = [second, first];
    return { found, drawn };
  });
}
