import { iouOfBoxes } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';

/** The greatest IoU of box `k` with `others`, of which there is at least one, and whose it is: the
 * first of equals.
 */
export function nearestBox(
  boxes: Matrix,
  k: number,
  others: Matrix,
  count: number,
): readonly [iou: number, other: number] {
  let nearest = 0;
  let best = iouOfBoxes(boxes, k, others, 0);
  for (let j = 1; j < count; j++) {
    const overlap = iouOfBoxes(boxes, k, others, j);
    if (overlap > best || Number.isNaN(overlap)) [best, nearest] = [overlap, j];
  }
  return [best, nearest];
}
