import type { ImageGeometry } from '@qualm/types';

/** Takes a turned box, cx, cy, width, height and angle, from the model's input back to the original
 * image, in place. Where the image was stretched, its width stays along the same pixels, and its
 * area in proportion. The angle is from 0 to below a quarter turn, sides changing places where they
 * have to, as ultralytics' regularize_rboxes has it.
 * @see https://github.com/ultralytics/ultralytics/blob/main/ultralytics/utils/ops.py,
 * regularize_rboxes */
export function toOriginalRotatedBox(
  boxes: Float32Array,
  at: number,
  { scaleX, scaleY, offsetX, offsetY }: ImageGeometry,
): void {
  const [across, down, angle] = [boxes[at + 2]!, boxes[at + 3]!, boxes[at + 4]!];
  const [x, y] = [Math.cos(angle) / scaleX, Math.sin(angle) / scaleY];
  const stretch = Math.hypot(x, y);
  const width = across * stretch;
  const height = down / (scaleX * scaleY * stretch);
  const turned = scaleX === scaleY ? angle : Math.atan2(y, x);
  const isSwapped = modulo(turned, Math.PI) >= Math.PI / 2;
  boxes[at] = (boxes[at]! - offsetX) / scaleX;
  boxes[at + 1] = (boxes[at + 1]! - offsetY) / scaleY;
  boxes[at + 2] = isSwapped ? height : width;
  boxes[at + 3] = isSwapped ? width : height;
  boxes[at + 4] = modulo(turned, Math.PI / 2);
}

/** From 0 to below the divisor, for negative numbers too. */
function modulo(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}
