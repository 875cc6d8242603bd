import { wrongArgument } from '@qualm/types';
import type { DType } from '@qualm/types';

/** Absolute paths of the models that `testBackend` runs; every backend's set computes the same
 * numbers.
 */
export interface ToyModels {
  /** `x` float32 [batch, 3] -> `y` float32 [batch, 2]: `toyAffine`. */
  readonly affine: string;
  /** `a`, `b` float32 [batch, 2] -> `sum`, `difference`, both float32 [batch, 2]. */
  readonly pair: string;
  /** `x` float32 [1, 256] -> `y` float32 [1, 256]: `toySlow`, after 100 ms or more of CPU time. */
  readonly slow: string;
  /** `x` float32 [n] -> `y` float32 [2, 3], which fails at run time unless n is 6. */
  readonly failing: string;
  /** `x` [n] -> `y` [n], the same numbers, for each dtype that the backend's runtime knows. */
  readonly identity: Readonly<Partial<Record<DType, string>>>;
}

/** How much the slow model computes. */
export interface ToyOptions {
  /** Matrix products in the slow model, 268 MFLOP each; 32 by default. */
  readonly repeats?: number;
}

/** Weights [3, 2] and bias [2] of the affine toy, row-major. */
export const affineWeights: { readonly weight: readonly number[]; readonly bias: readonly number[] } = {
  weight: [1, 2, 3, 4, 5, 6],
  bias: [0.5, -1],
};

/** Rows and columns of the slow toy's matrices. */
export const slowSize: { readonly rows: number; readonly columns: number } = { rows: 2048, columns: 256 };

/** What the affine toy gives for `x` [n, 3], row-major: [n, 2], exact for small integers.
 * @example toyAffine([1, 0, 0]) // Float32Array [1.5, 1]
 */
export function toyAffine(x: ArrayLike<number>): Float32Array {
  if (!Array.isArray(x) && !ArrayBuffer.isView(x))
    throw wrongArgument('toyAffine', 'its rows', x, 'an array of numbers');
  const { weight, bias } = affineWeights;
  const cell = (row: number, column: number): number =>
    bias[column]! + [0, 1, 2].reduce((sum, k) => sum + x[3 * row + k]! * weight[2 * k + column]!, 0);
  return Float32Array.from({ length: (2 * x.length) / 3 }, (_, i) => cell(i >> 1, i & 1));
}

/** What the slow toy gives for `x` [1, 256]: the values moved `repeats` columns to the right, in a
 * circle.
 */
export function toySlow(x: Float32Array, repeats = 32): Float32Array {
  if (!(x instanceof Float32Array)) throw wrongArgument('toySlow', 'its row', x, 'a Float32Array');
  if (!Number.isInteger(repeats)) throw wrongArgument('toySlow', 'its repeats', repeats, 'a whole number');
  return x.map((_, column) => x[(((column - repeats) % x.length) + x.length) % x.length]!);
}

/** The matrix [256, 256] that moves columns one to the right. */
export function shiftMatrix(): Float32Array {
  const n = slowSize.columns;
  const matrix = new Float32Array(n * n);
  for (let row = 0; row < n; row++) matrix[row * n + ((row + 1) % n)] = 1;
  return matrix;
}

/** The row [1, 2048] that picks the first of equal rows. */
export function firstRow(): Float32Array {
  return new Float32Array(slowSize.rows).fill(1, 0, 1);
}
