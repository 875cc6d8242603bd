/** Which end of the numbers is least sure and so comes first. */
export type RankOrder = 'ascending' | 'descending';

/** Scores how unsure a model is from one distribution of class scores. Anything of this shape is a
 * strategy.
 */
export interface Strategy {
  readonly name: string;
  /** `descending`: large numbers are least sure and come first. */
  readonly order: RankOrder;
  /** From one vector of class scores, in any order, to a number; NaN in gives NaN out. */
  readonly score: (scores: ArrayLike<number>) => number;
  /** The same for each row of a row-major [n, numClasses] matrix; `score` is called row by row when
   * absent.
   */
  readonly scoreRows?: (matrix: Float32Array | Float64Array, numClasses: number, out?: Float64Array) => Float64Array;
  /** The least and the greatest number for so many classes, of scores in 0..1; infinite where there
   * is no bound.
   */
  readonly range?: (numClasses: number) => readonly [number, number];
}
