import type { ImageGeometry } from '@qualm/types';

/** Takes key points, x, y and score each, from the model's input back to the original image, and
 * moves those beyond its edges there, in place. One whose place is no number has NaN and a score of
 * 0.
 */
export function toOriginalKeypoints(
  values: Float32Array,
  { original, scaleX, scaleY, offsetX, offsetY }: ImageGeometry,
): void {
  for (let at = 0; at < values.length; at += 3) {
    const x = (values[at]! - offsetX) / scaleX;
    const y = (values[at + 1]! - offsetY) / scaleY;
    const isPlace = Number.isFinite(x) && Number.isFinite(y);
    values[at] = isPlace ? clamp(x, original.width) : NaN;
    values[at + 1] = isPlace ? clamp(y, original.height) : NaN;
    values[at + 2] = isPlace ? clamp(values[at + 2]!, 1) : 0;
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
