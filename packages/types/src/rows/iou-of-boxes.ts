import { iouOfEdges } from '../iou-of-edges.ts';
import type { Matrix } from './matrix.ts';

/** Intersection over union of box `i` of `first` and box `j` of `second`, as `Box2d.iou` has it;
 * NaN for a box with NaN.
 */
export function iouOfBoxes(first: Matrix, i: number, second: Matrix, j: number): number {
  const [a, b] = [4 * i, 4 * j];
  return iouOfEdges(
    first[a]!,
    first[a + 1]!,
    first[a + 2]!,
    first[a + 3]!,
    second[b]!,
    second[b + 1]!,
    second[b + 2]!,
    second[b + 3]!,
  );
}

/** How much of the area of box `i` of `first` lies in box `j` of `second`: 0..1; 0 for a box
 * without area.
 */
export function shareInBox(first: Matrix, i: number, second: Matrix, j: number): number {
  const [a, b] = [4 * i, 4 * j];
  const width = Math.min(first[a + 2]!, second[b + 2]!) - Math.max(first[a]!, second[b]!);
  const height = Math.min(first[a + 3]!, second[b + 3]!) - Math.max(first[a + 1]!, second[b + 1]!);
  const shared = width <= 0 || height <= 0 ? 0 : width * height;
  return shared === 0 ? 0 : shared / ((first[a + 2]! - first[a]!) * (first[a + 3]! - first[a + 1]!));
}
