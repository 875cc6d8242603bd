import type { ColumnTable } from 'arquero';
import { scoreColumn } from '@qualm/strategies';
import { assertOptions } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { assertStrategy, assertTable } from './assert-arguments.ts';
import { columnOf } from './conform.ts';
import { withColumn } from './with-column.ts';

/** Options of `score`. */
export interface ScoreOptions {
  /** The column of score vectors; `scores`, as `explode` names it. */
  readonly column?: string;
  /** The name of the new column; the strategy's. */
  readonly as?: string;
}

/** The table with one more column: how unsure the model is in each row, by a strategy or any
 * function from a vector of class scores to a number. A missing vector gives NaN.
 * @throws QualmError `unsupported` when there is no such column.
 * @example score(explode(predictions, 'detections'), entropy)
 */
export function score(
  table: ColumnTable,
  strategy: Strategy | Strategy['score'],
  options: ScoreOptions = {},
): ColumnTable {
  assertTable('score', table);
  assertStrategy('score', strategy);
  assertOptions('score', options, "{ as: 'mine' }");
  const { column: name = 'scores', as = strategy.name } = options;
  const column = columnOf('score', table, name, 'number[]?');
  if (as === '') throw new RangeError('score: the function has no name; say what to call the column: { as: "mine" }');
  return withColumn(table, as, scoreColumn(column, strategy));
}
