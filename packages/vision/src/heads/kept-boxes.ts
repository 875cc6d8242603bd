import type { KeptOfGroup } from './group-suppressor.ts';

/** Of each box xmin, ymin, xmax, ymax and area. */
const width = 5;

/** Boxes of one group that greedy non-maximum suppression keeps: a candidate is compared with those
 * kept so far and leaves at the first overlap. Arithmetic is float32 throughout, as in
 * torchvision's CPU kernel, so that both decide alike at the threshold.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/csrc/ops/cpu/nms_kernel.cpp
 */
export class KeptBoxes implements KeptOfGroup {
  private readonly threshold: number;
  private length = 0;
  private numbers = new Float32Array(8 * width);

  constructor(iouThreshold: number) {
    this.threshold = iouThreshold;
  }

  clear(): void {
    this.length = 0;
  }

  add(boxes: Float32Array, at: number): boolean {
    const { numbers, length, threshold } = this;
    const left = boxes[at]!;
    const top = boxes[at + 1]!;
    const right = boxes[at + 2]!;
    const bottom = boxes[at + 3]!;
    // Of the threshold, so that rounding to float32 cannot matter.
    const near = threshold * (1 - 2 ** -16);
    // A box with NaN or without area shares nothing with any other, before it or after it.
    if (!(left < right && top < bottom)) return true;
    const area = Math.fround(Math.fround(right - left) * Math.fround(bottom - top));
    for (let k = 0; k < length; k += width) {
      const across = Math.min(right, numbers[k + 2]!) - Math.max(left, numbers[k]!);
      const down = Math.min(bottom, numbers[k + 3]!) - Math.max(top, numbers[k + 1]!);
      const other = numbers[k + 4]!;
      const shared = Math.max(across, 0) * Math.max(down, 0);
      // Nearly all end here, and the processor can foresee it.
      if (!(shared > near * (other + area - shared) - 2 ** -120)) continue;
      if (!(across > 0 && down > 0)) continue;
      const rounded = Math.fround(Math.fround(across) * Math.fround(down));
      if (Math.fround(rounded / Math.fround(Math.fround(other + area) - rounded)) > threshold) return false;
    }
    if (length === numbers.length) this.grow();
    const kept = this.numbers;
    kept[length] = left;
    kept[length + 1] = top;
    kept[length + 2] = right;
    kept[length + 3] = bottom;
    kept[length + 4] = area;
    this.length = length + width;
    return true;
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Float32Array(2 * numbers.length);
    this.numbers.set(numbers);
  }
}
