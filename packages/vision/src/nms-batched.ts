import { assertNumbers } from '@qualm/types';
import { assertSuppressible } from './heads/assert-suppressible.ts';
import { createDescendingOrder } from './heads/descending-order.ts';
import { suppress } from './heads/suppress.ts';

/** Rows that non-maximum suppression keeps when only rows of the same class compete, by score
 * descending over all classes; ties, NaN and empty input as in {@link nms}. Classes are kept apart
 * as such, not by shifting boxes, so nothing is rounded: for more than 1000 boxes torchvision does
 * the same, for fewer it shifts.
 * @param boxes xmin, ymin, xmax, ymax of each row: shape [n, 4]
 * @param classIds any integers, one for each row
 * @throws RangeError when lengths do not fit together, or for a threshold outside 0..1.
 * @see https://docs.pytorch.org/vision/stable/generated/torchvision.ops.batched_nms.html
 * @example batchedNms(Float32Array.of(0, 0, 9, 9, 0, 0, 9, 9), Float32Array.of(0.5, 0.9), Int32Array.of(1, 2), 0.5) // Int32Array [1, 0]
 */
export function batchedNms(
  boxes: Float32Array,
  scores: Float32Array,
  classIds: Int32Array,
  iouThreshold: number,
): Int32Array {
  assertSuppressible('batchedNms', boxes, scores, iouThreshold);
  assertNumbers('batchedNms', 'its class ids', classIds, 'an Int32Array, a number for each box');
  if (classIds.length !== scores.length) {
    throw new RangeError(
      `batchedNms: ${classIds.length} class ids for ${scores.length} scores; expected as many of each`,
    );
  }
  const order = createDescendingOrder()(scores, scores.length);
  return suppress({ boxes, order, groups: classIds, iouThreshold });
}
