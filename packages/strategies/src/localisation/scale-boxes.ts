import type { Matrix } from '@qualm/types/rows';

/** Boxes [n, 4] with x and y multiplied by these factors: those of a resized image in the frame of
 * the image with [width / resizedWidth, height / resizedHeight].
 * @throws RangeError when `boxes` are not whole boxes, or a factor is not positive and finite.
 * @example scaleBoxes(Float32Array.of(10, 0, 30, 5), [2, 4]) // Float32Array [20, 0, 60, 20]
 */
export function scaleBoxes<M extends Matrix>(boxes: M, factors: readonly [x: number, y: number]): M {
  if (boxes.length % 4 !== 0) throw new RangeError(`scaleBoxes: ${boxes.length} numbers are not whole boxes of 4`);
  if (!factors.every((factor) => factor > 0 && factor < Infinity)) {
    throw new RangeError(`scaleBoxes: factors are [${factors.join(', ')}]; expected positive, finite numbers`);
  }
  return boxes.map((value, i) => value * factors[i % 2]!) as M;
}
