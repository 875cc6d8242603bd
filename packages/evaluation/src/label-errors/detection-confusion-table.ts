import { bestOnly } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { classAt, type ConfusionTable } from './confusion-table.ts';
import { outcomesOf } from './detection-outcomes.ts';
import type { DetectionConfusionOptions } from './detection-outcomes.ts';

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
  const where = 'detectionConfusionTable';
  if (!(Number.isInteger(numClasses) && numClasses >= 1)) {
    throw new RangeError(`${where}: numClasses is ${numClasses}; expected a whole number of 1 or more`);
  }
  const size = numClasses + 1;
  const counts = new Uint32Array(size * size);
  outcomesOf(where, given, predicted, options).forEach(({ found, drawn }, image) => {
    const ofImage = `${where}: image ${image}`;
    const labels = Array.from(bestOnly(given[image]!).labelIds);
    const predictions = Array.from(bestOnly(predicted[image]!).labelIds);
    const predictionAt = (j: number): number => classAt(ofImage, 'prediction', predictions, j, numClasses);
    for (let i = 0; i < labels.length; i++) {
      const label = classAt(ofImage, 'label', labels, i, numClasses);
      counts[label * size + (found[i]! < 0 ? numClasses : predictionAt(found[i]!))]!++;
    }
    for (let j = 0; j < predictions.length; j++) if (drawn[j] === -1) counts[numClasses * size + predictionAt(j)]!++;
  });
  return { counts, size, background: numClasses };
}
