import { assertOptions } from '../assert-argument.ts';
import type { BoxArrays } from '../boxes.ts';
import { assertList } from './assert-rows.ts';

/** The number of boxes of an image.
 * @throws RangeError when boxes, labels and scores do not belong together, or a box or score is
 * invalid.
 */
export function countBoxes(where: string, image: BoxArrays): number {
  assertOptions(where, image, '{ boxes, labelIds }', 'the boxes of an image');
  const { boxes, labelIds, scores, numClasses = 1 } = image;
  assertList(where, 'boxes of an image', boxes);
  assertList(where, 'labelIds of an image', labelIds);
  const count = labelIds.length / numClasses;
  if (boxes.length !== 4 * count || (scores && scores.length !== labelIds.length)) {
    const scored = scores ? `, ${scores.length / numClasses} scores` : '';
    throw new RangeError(`${where}: ${boxes.length / 4} boxes, ${count} labels${scored}; expected as many of each`);
  }
  for (let i = 0; i < count; i++) {
    const [xmin, ymin, xmax, ymax] = [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!];
    if (!(xmin <= xmax && ymin <= ymax && Number.isFinite(xmax - xmin) && Number.isFinite(ymax - ymin))) {
      throw new RangeError(
        `${where}: box ${i} is (${xmin}, ${ymin}, ${xmax}, ${ymax}); expected xmin <= xmax and ymin <= ymax`,
      );
    }
    const score = scores ? scores[i * numClasses]! : 1;
    if (!(score >= 0 && score <= 1)) {
      throw new RangeError(`${where}: box ${i} has the score ${score}; expected 0 to 1`);
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
    `${where}: ${predicted.length} images with predictions, ${given.length} with labels; expected as many of each`,
  );
}
