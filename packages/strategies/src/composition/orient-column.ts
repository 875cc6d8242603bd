import { assertColumn } from '../numbers/assert-arguments.ts';
import { pivotOf, turnedRange } from '../selection/turn-range.ts';
import type { ScoredColumn } from './scored-column.ts';

/** The column turned so that large numbers are to be labelled first, as `orient` turns a strategy:
 * itself when it is `descending`, else its range turned over, or, where it has none that is finite,
 * its sign. The turned one is called `<name>Uncertainty`. NaN stays NaN.
 * @example orientColumn({ name: 'margin', order: 'ascending', values: [0.25], range: [0, 1] }).values // Float64Array [0.75]
 */
export function orientColumn(column: ScoredColumn): ScoredColumn {
  assertColumn('orientColumn', column);
  const { name, order, values, range } = column;
  if (order === 'descending') return column;
  const pivot = pivotOf(range);
  const turned = new Float64Array(values.length);
  for (let row = 0; row < turned.length; row++) turned[row] = pivot - values[row]!;
  return {
    name: `${name}Uncertainty`,
    order: 'descending',
    values: turned,
    ...(range && { range: turnedRange(range, pivot) }),
  };
}
