import type { Matrix } from '@qualm/types/rows';

/** Each lone score s as the binary distribution [s, 1 - s]: [n] -> [n, 2]. NaN twice for what is
 * not a probability.
 */
export function binaryRows(scores: ArrayLike<number>): Float64Array {
  const pairs = new Float64Array(2 * scores.length);
  for (let row = 0; row < scores.length; row++) {
    const s = scores[row]!;
    const isProbability = s >= 0 && s <= 1;
    pairs[2 * row] = isProbability ? s : NaN;
    pairs[2 * row + 1] = isProbability ? 1 - s : NaN;
  }
  return pairs;
}

/** Rows of one score as binary distributions; longer rows stay as they are. */
export function distributionRows(matrix: Matrix, numClasses: number): Matrix {
  return numClasses === 1 ? binaryRows(matrix) : matrix;
}
