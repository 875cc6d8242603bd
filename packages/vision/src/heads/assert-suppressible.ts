export function assertSuppressible(
  where: string,
  boxes: Float32Array,
  scores: Float32Array,
  iouThreshold: number,
): void {
  if (boxes.length !== 4 * scores.length) {
    throw new RangeError(
      `${where}: ${boxes.length} box coordinates for ${scores.length} scores; wanted 4 for each score`,
    );
  }
  if (!(iouThreshold >= 0 && iouThreshold <= 1)) {
    throw new RangeError(`${where}: iouThreshold is ${iouThreshold}; wanted a number from 0 to 1`);
  }
}
