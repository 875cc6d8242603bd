import type { Column, ScoresColumn, Strategy } from '@qualm/types';

/** The number that `strategy` gives to each row of a column of score vectors: length n -> [n].
 * A column with a flat `matrix`, and a strategy with `scoreRows`, make no object per row. A missing vector gives NaN.
 * @example scoreColumn([[0.5, 0.25], [1, 0]], margin) // Float64Array [0.25, 1]
 */
export function scoreColumn(
  column: ScoresColumn | Column<ArrayLike<number> | null | undefined>,
  strategy: Strategy,
): Float64Array {
  if ('matrix' in column && column.numClasses > 0 && strategy.scoreRows) {
    return strategy.scoreRows(column.matrix, column.numClasses);
  }
  const result = new Float64Array(column.length);
  for (let row = 0; row < result.length; row++) {
    const scores = column.at(row);
    result[row] = scores == null ? NaN : strategy.score(scores);
  }
  return result;
}
