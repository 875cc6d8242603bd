import { assertNumbers } from '@qualm/types';

export function assertSuppressible(
  where: string,
  boxes: Float32Array,
  scores: Float32Array,
  iouThreshold: number,
): void {
  assertNumbers(where, 'its boxes', boxes, 'a Float32Array, 4 numbers for each box');
  assertNumbers(where, 'its scores', scores, 'a Float32Array, a number for each box');
  if (boxes.length !== 4 * scores.length) {
    throw new RangeError(
      `${where}: ${boxes.length} box coordinates for ${scores.length} scores; expected 4 for each score`,
    );
  }
  if (!(typeof iouThreshold === 'number' && iouThreshold >= 0 && iouThreshold <= 1)) {
    throw new RangeError(`${where}: iouThreshold is ${String(iouThreshold)}; expected a number from 0 to 1`);
  }
}
