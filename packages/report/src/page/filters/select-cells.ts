import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { AnsweredCells } from '../answered/answered-cells.ts';
import type { ViewState } from '../view-state.ts';
import { cellsIn, poolOf } from '../cells/cell-pool.ts';
import type { CellPool } from '../cells/cell-pool.ts';
import { ofSecondModel } from '../cells/deciding-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import { createTests } from './filters.ts';

/** Gives the cells that are asked for, as places: least sure first unless reversed; those without a
 * number last, equal ones in their order.
 */
export type CellSelector = (state: ViewState, marks: Marks) => number[];

/** A selector that sorts again only where the order that is asked for is another one. */
export function createCellSelector(
  data: ReportData,
  answered: Pick<AnsweredCells, 'state'> = { state: () => 'none' },
): CellSelector {
  const testsOf = createTests(data);
  let [sortedBy, sorted] = ['', [] as readonly number[]];
  return (state, marks) => {
    const { sort, reversed, percent } = state;
    const pool = poolOf(data, state);
    const by = `${sort},${reversed},${pool}`;
    if (by !== sortedBy) [sortedBy, sorted] = [by, sortedCells(data, pool, sort, reversed)];
    const counted = percent < 100 ? sorted.slice(0, Math.ceil((percent / 100) * sorted.length)) : sorted;
    const tests = testsOf(state, { sort, marks, answered });
    return counted.filter((index) => tests.every((isAsked) => isAsked(index)));
  };
}

function sortedCells(data: ReportData, pool: CellPool, sort: number, reversed: boolean): number[] {
  // What only the second model found has no number of the first.
  const { order, values, shows } = numbersOf(data)[pool === 'second' ? ofSecondModel(data, sort) : sort]!;
  const sign = (order === 'ascending') === reversed ? -1 : 1;
  const keys = values(shows).map((value) => (Number.isNaN(value) ? Infinity : sign * value));
  return cellsIn(data, pool).toSorted((a, b) => keys[a]! - keys[b]! || a - b);
}
