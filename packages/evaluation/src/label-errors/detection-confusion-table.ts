import { assertOptions } from '@qualm/types';
import { bestOnly, countImages, leastOverlap, matchOf } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { classAt, type ConfusionTable } from './confusion-table.ts';
import { boxesInCrowds } from '../boxes-in-crowds.ts';

/** Options of `detectionConfusionTable`. */
export interface DetectionConfusionOptions {
  /** Boxes that match overlap by this at least. Default 0.5. */
  readonly minIou?: number;
  /** Predicted boxes that score less are left out. Default 0.3. */
  readonly minScore?: number;
}

/** How often boxes of each label were found as each class, over all images: [numClasses + 1,
 * numClasses + 1], whose last row counts what was found where no box is, and whose last column the
 * boxes that were not found. Boxes are matched whatever their label, one to one: of all pairs that
 * overlap enough, those of equal label first, then those of the greatest IoU. A box that found
 * nothing and lies in a crowd, of whatever label, is not counted. Label ids run from 0 to below
 * `numClasses`.
 * @throws RangeError when the images, boxes, labels or scores do not belong together, or an id is
 * not a class.
 * @see `ConfusionMatrix` of supervision 0.31.2, which has no crowds and needs more than `minIou`;
 * that of Ultralytics matches by IoU alone
 * @example const boxes = Float32Array.of(0, 0, 9, 9);
 * const predicted = [{ boxes, labelIds: [1], scores: [0.9] }];
 * const table = detectionConfusionTable([{ boxes, labelIds: [0] }], predicted, 2);
 * table.counts // Uint32Array [0, 1, 0, 0, 0, 0, 0, 0, 0]
 */
export function detectionConfusionTable(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  numClasses: number,
  options: DetectionConfusionOptions = {},
): ConfusionTable {
  assertOptions('detectionConfusionTable', options, '{ minIou: 0.5 }', 'options');
  const { minIou = 0.5, minScore = 0.3 } = options;
  const where = 'detectionConfusionTable';
  if (!(Number.isInteger(numClasses) && numClasses >= 1)) {
    throw new RangeError(`${where}: numClasses is ${numClasses}; expected a whole number of 1 or more`);
  }
  const least = leastOverlap(where, minIou);
  if (!(minScore >= 0 && minScore <= 1)) throw new RangeError(`${where}: minScore is ${minScore}; expected 0 to 1`);
  const size = numClasses + 1;
  const counts = new Uint32Array(size * size);
  for (let image = 0; image < countImages(where, given, predicted); image++) {
    const [drawn, found] = [bestOnly(given[image]!), bestOnly(predicted[image]!)];
    const ofImage = `${where}: image ${image}`;
    const isSure = (j: number): boolean => found.scores[j]! >= minScore;
    const matches = matchOf(ofImage, drawn, found, { minIou, counts: isSure });
    const partners = new Map(matches.map(({ first, second }) => [first, second]));
    const inCrowd = boxesInCrowds(drawn, found, least, 'any');
    const labels = Array.from(drawn.labelIds);
    const predictions = Array.from(found.labelIds);
    const predictionAt = (j: number): number => classAt(ofImage, 'prediction', predictions, j, numClasses);
    for (let i = 0; i < labels.length; i++) {
      const label = classAt(ofImage, 'label', labels, i, numClasses);
      const partner = partners.get(i);
      counts[label * size + (partner === undefined ? numClasses : predictionAt(partner))]!++;
    }
    const matched = new Set(partners.values());
    for (let j = 0; j < predictions.length; j++) {
      if (isSure(j) && !matched.has(j) && !inCrowd[j]) counts[numClasses * size + predictionAt(j)]!++;
    }
  }
  return { counts, size, background: numClasses };
}
