import type { Matrix } from '../numbers/matrix.ts';

/** Intersection over union of box `i` of `first` and box `j` of `second`, as `Box2d.iou` has it: 0 for boxes that only touch,
 * and where the union has no area; NaN for a box with NaN.
 */
export function iouOfBoxes(first: Matrix, i: number, second: Matrix, j: number): number {
  const [a, b] = [4 * i, 4 * j];
  const width = Math.min(first[a + 2]!, second[b + 2]!) - Math.max(first[a]!, second[b]!);
  const height = Math.min(first[a + 3]!, second[b + 3]!) - Math.max(first[a + 1]!, second[b + 1]!);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (areaOf(first, a) + areaOf(second, b) - shared);
}

function areaOf(boxes: Matrix, from: number): number {
  return (boxes[from + 2]! - boxes[from]!) * (boxes[from + 3]! - boxes[from + 1]!);
}
