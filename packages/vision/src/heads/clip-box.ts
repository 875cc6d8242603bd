import type { Size } from '@qualm/types';

/** Clips one box to the model's input, in place. */
export function clipBox(boxes: Float32Array, at: number, size: Size): void {
  boxes[at] = Math.min(Math.max(boxes[at]!, 0), size.width);
  boxes[at + 1] = Math.min(Math.max(boxes[at + 1]!, 0), size.height);
  boxes[at + 2] = Math.min(Math.max(boxes[at + 2]!, 0), size.width);
  boxes[at + 3] = Math.min(Math.max(boxes[at + 3]!, 0), size.height);
}
