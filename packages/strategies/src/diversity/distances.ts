import type { Matrix } from '@qualm/types/rows';

/** Squared Euclidean distances between rows of one array, with room for more rows. */
export interface Distances {
  /** `stride` numbers for each row, those after the last dimension 0. The caller fills it in. */
  readonly rows: Matrix;
  readonly stride: number;
  /** The rows that `nearest` compares with: the row of each slot. The caller fills it in. */
  readonly centres: Uint32Array;
  /** The least of `bound` and of the squared distances between a row and the centres of the slots
   * `from` to `to - 1`.
   */
  readonly nearest: (row: number, from: number, to: number, bound: number) => number;
  /** Finds the centres of the slots `from` to `to - 1`, `mostFound` at most, whose squared
   * distance from a row is at most `bound`.
   * @returns how many these are: their slots, ascending, begin `found`, and their squared
   * distances `squares`. */
  readonly within: (row: number, from: number, to: number, bound: number) => number;
  /** The first number is also the first slot with the distance that `nearest` last found below a
   * `bound`.
   */
  readonly found: Uint32Array;
  readonly squares: Float64Array;
}

/** Slots that `within` looks at in one call. */
export const mostFound: number = 256;

/** How many rows, of how many dimensions, and for how many centres there is to be room. */
export interface DistancesShape {
  readonly Storage: Float32ArrayConstructor | Float64ArrayConstructor;
  readonly numRows: number;
  readonly dimensions: number;
  readonly numCentres: number;
}

/** Numbers of a row, whole vectors of four. */
export function strideOf({ dimensions }: DistancesShape): number {
  return Math.ceil(dimensions / 4) * 4;
}
