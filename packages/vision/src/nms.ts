import { assertSuppressible } from './heads/assert-suppressible.ts';
import { createDescendingOrder } from './heads/descending-order.ts';
import { suppress } from './heads/suppress.ts';

/** Rows that greedy non-maximum suppression keeps, by score descending: a row goes when its IoU
 * with a kept row is above `iouThreshold`. Equal scores: the lower row first, as torchvision on a
 * CPU does (its sort is stable there). NaN scores come last (torchvision: first); a box with NaN
 * overlaps nothing; empty input gives an empty array.
 * @param boxes xmin, ymin, xmax, ymax of each row: shape [n, 4], any unit; degenerate boxes
 * overlap nothing.
 * @param iouThreshold 0..1
 * @throws RangeError when `boxes` is not four times as long as `scores`, or for a threshold
 * outside 0..1.
 * @see https://docs.pytorch.org/vision/stable/generated/torchvision.ops.nms.html
 * @example nms(Float32Array.of(0, 0, 10, 10, 1, 1, 10, 10), Float32Array.of(0.5, 0.9), 0.5) // Int32Array [1]
 */
export function nms(boxes: Float32Array, scores: Float32Array, iouThreshold: number): Int32Array {
  assertSuppressible('nms', boxes, scores, iouThreshold);
  const order = createDescendingOrder()(scores, scores.length);
  return suppress({ boxes, order, iouThreshold });
}
