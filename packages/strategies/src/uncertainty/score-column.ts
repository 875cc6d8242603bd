import type { Column, ScoresColumn, Strategy } from '@qualm/types';
import { assertList } from '@qualm/types/rows';
import { assertStrategy } from '../numbers/assert-arguments.ts';

/** The number that `strategy`, or any function from a vector to a number, gives to each row of a
 * column of score vectors: length n -> [n]. A column with a flat `matrix`, and a strategy with
 * `scoreRows`, make no object per row. A missing vector gives NaN.
 * @throws RangeError when the strategy gives something else than a number.
 * @example scoreColumn([[0.5, 0.25], [1, 0]], margin) // Float64Array [0.25, 1]
 */
export function scoreColumn(
  column: ScoresColumn | Column<ArrayLike<number> | null | undefined>,
  strategy: Strategy | Strategy['score'],
): Float64Array {
  assertList('scoreColumn', 'the column', column);
  if (typeof strategy !== 'function') assertStrategy('scoreColumn', strategy);
  const { scoreRows = null } = strategy as Partial<Strategy>;
  if ('matrix' in column && column.numClasses > 0 && scoreRows) return scoreRows(column.matrix, column.numClasses);
  const scoreOne = 'score' in strategy ? strategy.score : strategy;
  const result = new Float64Array(column.length);
  for (let row = 0; row < result.length; row++) {
    const scores = column.at(row);
    result[row] = scores == null ? NaN : asNumber(scoreOne(scores), strategy.name, row);
  }
  return result;
}

function asNumber(value: unknown, name: string, row: number): number {
  if (typeof value === 'number') return value;
  throw new RangeError(
    `scoreColumn: the strategy "${name}" gives ${typeof value === 'string' ? JSON.stringify(value) : typeof value} for row ${row}; expected a number`,
  );
}
