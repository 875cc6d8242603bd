import { assertOptions } from '../wrong-argument.ts';
import { assertList } from './assert-rows.ts';
import type { Matrix } from './matrix.ts';

/** The boxes that people drew in one image, and what they called them. */
export interface LabelledBoxes {
  /** [n, 4] xmin, ymin, xmax, ymax. */
  readonly boxes: Matrix;
  /** [n]. */
  readonly labelIds: ArrayLike<number>;
  /** Boxes around crowds, which are no objects: what is found within one counts neither as right nor as wrong. */
  readonly crowds?: LabelledBoxes;
}

/** The boxes that a model found in one image, each with its best class and that class's score: `Detections` are some. */
export interface PredictedBoxes extends LabelledBoxes {
  /** [n], 0..1. */
  readonly scores: ArrayLike<number>;
}

/** The number of boxes of an image.
 * @throws RangeError when boxes, labels and scores do not belong together, or a box or score is NaN or none.
 */
export function countLabelledBoxes(where: string, image: LabelledBoxes | PredictedBoxes): number {
  assertOptions(where, image, '{ boxes, labelIds }', 'the boxes of an image');
  const { boxes, labelIds } = image;
  assertList(where, 'boxes of an image', boxes);
  assertList(where, 'labelIds of an image', labelIds);
  const count = labelIds.length;
  const scores = 'scores' in image ? image.scores : null;
  if (boxes.length !== 4 * count || (scores && scores.length !== count)) {
    const scored = scores ? `, ${scores.length} scores` : '';
    throw new RangeError(`${where}: ${boxes.length / 4} boxes, ${count} labels${scored}; wanted as many of each`);
  }
  for (let i = 0; i < count; i++) {
    const [xmin, ymin, xmax, ymax] = boxes.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    if (!(xmin <= xmax && ymin <= ymax && Number.isFinite(xmax - xmin) && Number.isFinite(ymax - ymin))) {
      throw new RangeError(
        `${where}: box ${i} is (${xmin}, ${ymin}, ${xmax}, ${ymax}); wanted xmin <= xmax and ymin <= ymax`,
      );
    }
    if (scores && !(scores[i]! >= 0 && scores[i]! <= 1)) {
      throw new RangeError(`${where}: box ${i} has the score ${scores[i]}; wanted 0 to 1`);
    }
  }
  return count;
}

/** The number of images.
 * @throws RangeError when there are not as many of one as of the other.
 */
export function countImages(where: string, given: readonly unknown[], predicted: readonly unknown[]): number {
  assertList(where, 'the list of images with labels', given);
  assertList(where, 'the list of images with predictions', predicted);
  if (given.length === predicted.length) return given.length;
  throw new RangeError(
    `${where}: ${predicted.length} images with predictions, ${given.length} with labels; wanted as many of each`,
  );
}
