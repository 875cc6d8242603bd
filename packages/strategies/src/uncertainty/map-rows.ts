import type { Strategy } from '@qualm/types';
import { rowOf, rowsOutput } from '@qualm/types/rows';
import type { Matrix, RowMap } from '@qualm/types/rows';
import { createStrategy, type ScoreFunction } from './create-strategy.ts';

/** The strategy, on what `map` makes of a row. */
export function mapRows(strategy: Strategy, map: RowMap): ScoreFunction {
  const { name, order, range } = strategy;
  const score = (scores: ArrayLike<number>): number => {
    const row = new Float64Array(scores.length);
    map(scores, 0, scores.length, row, 0);
    return strategy.score(row);
  };
  const scoreRows: Strategy['scoreRows'] = (matrix, numClasses, out) => {
    const result = rowsOutput(name, matrix, numClasses, out);
    eachBlock(result.length, numClasses, (block, first, rows) => {
      for (let row = 0; row < rows; row++) map(matrix, (first + row) * numClasses, numClasses, block, row * numClasses);
      scoreMatrix(strategy, block, numClasses, result.subarray(first, first + rows));
    });
    return result;
  };
  return createStrategy(name, order, score, { scoreRows, range });
}

/** What `strategy` gives each row of a matrix, by its `scoreRows` or row by row. */
export function scoreMatrix(strategy: Strategy, matrix: Matrix, numClasses: number, out: Float64Array): Float64Array {
  if (strategy.scoreRows) return strategy.scoreRows(matrix, numClasses, out);
  for (let row = 0; row < out.length; row++) out[row] = strategy.score(rowOf(matrix, row, numClasses));
  return out;
}

/** Numbers that are worked on at once, so that a large matrix is never copied whole. */
const blockLength = 16384;

/** Calls `work` with memory for as many rows as it is told of, until all `length` rows have had
 * their turn.
 */
export function eachBlock(
  length: number,
  rowLength: number,
  work: (block: Float64Array, first: number, rows: number) => void,
): void {
  const most = Math.min(length, Math.max(1, Math.floor(blockLength / rowLength)));
  const block = new Float64Array(most * rowLength);
  for (let first = 0; first < length; first += most) {
    const rows = Math.min(most, length - first);
    work(block.subarray(0, rows * rowLength), first, rows);
  }
}
