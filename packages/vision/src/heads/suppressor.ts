import { groupPositions } from './group-positions.ts';

/** What to suppress: rows of `boxes` [n, 4] xyxy in `order`, each against the kept ones of its own
 * group.
 */
export interface Suppression {
  readonly boxes: Float32Array;
  readonly order: Int32Array;
  /** Group of each row; one group when absent. */
  readonly groups?: Int32Array;
  readonly iouThreshold: number;
  readonly maxKept: number;
}

/** Greedy non-maximum suppression that reuses its memory: a new array of the kept rows, in
 * `order`'s order. A candidate is compared with the boxes kept so far and leaves at the first
 * overlap. Arithmetic is float32 throughout, as in torchvision's CPU kernel, so that both decide
 * alike at the threshold.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/csrc/ops/cpu/nms_kernel.cpp
 */
export function createSuppressor(): (suppression: Suppression) => Int32Array {
  let isKept = new Uint8Array(0);
  let kept = new KeptBoxes(0);

  return ({ boxes, order, groups, iouThreshold, maxKept }) => {
    if (isKept.length < order.length) {
      isKept = new Uint8Array(order.length);
      kept = new KeptBoxes(order.length);
    }
    isKept.fill(0, 0, order.length);
    const { positions, ends } = groupPositions(order, groups);
    let start = 0;
    for (const end of ends) {
      kept.length = 0;
      for (let i = start; i < end && kept.length < maxKept; i++) {
        const position = positions[i]!;
        if (kept.add(boxes, 4 * order[position]!, iouThreshold)) isKept[position] = 1;
      }
      start = end;
    }
    return order.filter((_, position) => isKept[position] === 1).subarray(0, maxKept);
  };
}

class KeptBoxes {
  length = 0;
  readonly xmin: Float32Array;
  readonly ymin: Float32Array;
  readonly xmax: Float32Array;
  readonly ymax: Float32Array;
  readonly areas: Float32Array;

  constructor(capacity: number) {
    this.xmin = new Float32Array(capacity);
    this.ymin = new Float32Array(capacity);
    this.xmax = new Float32Array(capacity);
    this.ymax = new Float32Array(capacity);
    this.areas = new Float32Array(capacity);
  }

  /** Adds the box at `boxes[at]` unless it overlaps one of these too much; true when it was added.
   */
  add(boxes: Float32Array, at: number, iouThreshold: number): boolean {
    const { xmin, ymin, xmax, ymax, areas, length } = this;
    const left = boxes[at]!;
    const top = boxes[at + 1]!;
    const right = boxes[at + 2]!;
    const bottom = boxes[at + 3]!;
    const area = Math.fround(Math.fround(right - left) * Math.fround(bottom - top));
    for (let k = 0; k < length; k++) {
      const width = Math.fround(Math.min(right, xmax[k]!) - Math.max(left, xmin[k]!));
      if (!(width > 0)) continue;
      const height = Math.fround(Math.min(bottom, ymax[k]!) - Math.max(top, ymin[k]!));
      if (!(height > 0)) continue;
      const shared = Math.fround(width * height);
      const union = Math.fround(Math.fround(areas[k]! + area) - shared);
      if (Math.fround(shared / union) > iouThreshold) return false;
    }
    xmin[length] = left;
    ymin[length] = top;
    xmax[length] = right;
    ymax[length] = bottom;
    areas[length] = area;
    this.length = length + 1;
    return true;
  }
}
