/** What to suppress: rows of `boxes` [n, 4] xyxy in `order`, each against the kept ones of its own group. */
export interface Suppression {
  readonly boxes: Float32Array;
  readonly order: Int32Array;
  /** Group of each row; one group when absent. */
  readonly groups?: Int32Array;
  readonly iouThreshold: number;
  readonly maxKept: number;
}

/** Greedy non-maximum suppression that reuses its memory: the kept rows, in `order`'s order, valid until the next call.
 * A candidate is compared with the boxes kept so far and leaves at the first overlap. Arithmetic is float32 throughout,
 * as in torchvision's CPU kernel, so that both decide alike at the threshold.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/csrc/ops/cpu/nms_kernel.cpp
 */
export function createSuppressor(): (suppression: Suppression) => Int32Array {
  let kept = new Int32Array(0);
  let previous = new Int32Array(0);
  let corners = new Float32Array(0);
  let areas = new Float32Array(0);

  return ({ boxes, order, groups, iouThreshold, maxKept }) => {
    const most = Math.min(order.length, maxKept);
    if (kept.length < most) {
      kept = new Int32Array(most);
      previous = new Int32Array(most);
      corners = new Float32Array(4 * most);
      areas = new Float32Array(most);
    }
    const lastOfGroup = new Map<number, number>();
    let count = 0;
    for (let i = 0; i < order.length && count < most; i++) {
      const row = order[i]!;
      const group = groups === undefined ? 0 : groups[row]!;
      const last = lastOfGroup.get(group) ?? -1;
      if (overlapsKept(boxes, row, corners, areas, previous, last, iouThreshold)) continue;
      kept[count] = row;
      previous[count] = last;
      corners.set(boxes.subarray(4 * row, 4 * row + 4), 4 * count);
      areas[count] = areaAt(boxes, row);
      lastOfGroup.set(group, count++);
    }
    return kept.subarray(0, count);
  };
}

function overlapsKept(
  boxes: Float32Array,
  row: number,
  corners: Float32Array,
  areas: Float32Array,
  previous: Int32Array,
  last: number,
  iouThreshold: number,
): boolean {
  const xmin = boxes[4 * row]!;
  const ymin = boxes[4 * row + 1]!;
  const xmax = boxes[4 * row + 2]!;
  const ymax = boxes[4 * row + 3]!;
  const area = areaAt(boxes, row);
  for (let k = last; k >= 0; k = previous[k]!) {
    const at = 4 * k;
    const left = Math.max(xmin, corners[at]!);
    const right = Math.min(xmax, corners[at + 2]!);
    if (!(right > left)) continue;
    const top = Math.max(ymin, corners[at + 1]!);
    const bottom = Math.min(ymax, corners[at + 3]!);
    if (!(bottom > top)) continue;
    const shared = Math.fround(Math.fround(right - left) * Math.fround(bottom - top));
    const union = Math.fround(Math.fround(areas[k]! + area) - shared);
    if (Math.fround(shared / union) > iouThreshold) return true;
  }
  return false;
}

function areaAt(boxes: Float32Array, row: number): number {
  const width = Math.fround(boxes[4 * row + 2]! - boxes[4 * row]!);
  return Math.fround(width * Math.fround(boxes[4 * row + 3]! - boxes[4 * row + 1]!));
}
