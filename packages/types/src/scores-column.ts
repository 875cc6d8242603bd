import type { Column } from './column.ts';

/** A column of score vectors that lie behind each other in one flat array, so that a strategy can
 * read them all at once.
 */
export interface ScoresColumn extends Column<ArrayLike<number>> {
  /** Row-major [length, numClasses]. */
  readonly matrix: Float32Array | Float64Array;
  readonly numClasses: number;
}
