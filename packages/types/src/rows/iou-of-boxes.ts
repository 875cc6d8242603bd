import type { Matrix } from './matrix.ts';

/** Intersection over union of box `i` of `first` and box `j` of `second`, as `Box2d.iou` has it: 0 for boxes that only touch,
 * and where the union has no area; NaN for a box with NaN.
 */
export function iouOfBoxes(first: Matrix, i: number, second: Matrix, j: number): number {
  const shared = sharedArea(first, 4 * i, second, 4 * j);
  return shared === 0 ? 0 : shared / (areaOf(first, 4 * i) + areaOf(second, 4 * j) - shared);
}

/** How much of the area of box `i` of `first` lies in box `j` of `second`: 0..1; 0 for a box without area. */
export function shareInBox(first: Matrix, i: number, second: Matrix, j: number): number {
  const shared = sharedArea(first, 4 * i, second, 4 * j);
  return shared === 0 ? 0 : shared / areaOf(first, 4 * i);
}

function sharedArea(first: Matrix, a: number, second: Matrix, b: number): number {
  const width = Math.min(first[a + 2]!, second[b + 2]!) - Math.max(first[a]!, second[b]!);
  const height = Math.min(first[a + 3]!, second[b + 3]!) - Math.max(first[a + 1]!, second[b + 1]!);
  return width <= 0 || height <= 0 ? 0 : width * height;
}

function areaOf(boxes: Matrix, from: number): number {
  return (boxes[from + 2]! - boxes[from]!) * (boxes[from + 3]! - boxes[from + 1]!);
}
