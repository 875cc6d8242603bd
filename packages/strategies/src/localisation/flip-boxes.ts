import type { Matrix } from '@qualm/types/rows';

/** Boxes [n, 4] of a horizontally flipped image of that width in the frame of the image, and the
 * other way round.
 * @throws RangeError when `boxes` are not whole boxes.
 * @example flipBoxes(Float32Array.of(10, 0, 30, 5), 100) // Float32Array [70, 0, 90, 5]
 */
export function flipBoxes<M extends Matrix>(boxes: M, width: number): M {
  if (boxes.length % 4 !== 0) throw new RangeError(`flipBoxes: ${boxes.length} numbers are not whole boxes of 4`);
  const flipped = boxes.slice() as M;
  for (let from = 0; from < boxes.length; from += 4) {
    flipped[from] = width - boxes[from + 2]!;
    flipped[from + 2] = width - boxes[from]!;
  }
  return flipped;
}
