import type { Matrix } from '@qualm/types/rows';

/** What a detector found in one image, or in one augmentation of it with the boxes mapped to the
 * same frame.
 */
export interface DetectionRun {
  /** [n, 4] xmin, ymin, xmax, ymax. */
  readonly boxes: Matrix;
  /** [n, numClasses] class scores beside them, in the same order of classes for each box: not
   * sorted by score.
   */
  readonly scores: Matrix;
}

/** The number of boxes of a run.
 * @throws RangeError when boxes and scores do not belong together.
 */
export function countBoxes(where: string, { boxes, scores }: DetectionRun, numClasses: number): number {
  const count = boxes.length / 4;
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new RangeError(`${where}: numClasses is ${numClasses}; expected a whole number from 1`);
  }
  if (Number.isInteger(count) && scores.length === count * numClasses) return count;
  throw new RangeError(
    `${where}: ${boxes.length} numbers of boxes and ${scores.length} scores; expected 4 and ${numClasses} for each box`,
  );
}
