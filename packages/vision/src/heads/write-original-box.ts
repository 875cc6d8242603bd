import type { ImageGeometry } from '@qualm/types';

/** Takes a box from the model's input back to the original image and clips it there. */
export function writeOriginalBox(
  box: Float32Array,
  from: number,
  geometry: ImageGeometry,
  out: Float32Array,
  at: number,
): void {
  const { original, scaleX, scaleY, offsetX, offsetY } = geometry;
  out[at] = clamp((box[from]! - offsetX) / scaleX, original.width);
  out[at + 1] = clamp((box[from + 1]! - offsetY) / scaleY, original.height);
  out[at + 2] = Math.max(out[at]!, clamp((box[from + 2]! - offsetX) / scaleX, original.width));
  out[at + 3] = Math.max(out[at + 1]!, clamp((box[from + 3]! - offsetY) / scaleY, original.height));
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
