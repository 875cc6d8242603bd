import { groupPositions } from './group-positions.ts';
import { KeptBoxes } from './kept-boxes.ts';

/** What to suppress: rows of `boxes` [n, 4] xyxy in `order`, each against the kept ones of its own
 * group.
 */
interface Suppression {
  readonly boxes: Float32Array;
  readonly order: Int32Array;
  /** Group of each row; one group when absent. */
  readonly groups?: Int32Array;
  readonly iouThreshold: number;
}

/** Greedy non-maximum suppression of boxes that are all there: a new array of the kept rows, in
 * `order`'s order. Group by group, so that the boxes that are compared lie side by side.
 */
export function suppress({ boxes, order, groups, iouThreshold }: Suppression): Int32Array {
  const isKept = new Uint8Array(order.length);
  const kept = new KeptBoxes(iouThreshold);
  const { positions, ends } = groupPositions(order, groups);
  let start = 0;
  for (const end of ends) {
    kept.clear();
    for (let i = start; i < end; i++) {
      const position = positions[i]!;
      if (kept.add(boxes, 4 * order[position]!)) isKept[position] = 1;
    }
    start = end;
  }
  return order.filter((_, position) => isKept[position] === 1);
}
