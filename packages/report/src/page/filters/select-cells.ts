import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { AnsweredCells } from '../answered/answered-cells.ts';
import type { ViewState } from '../view-state.ts';
import { cellsIn, poolOf } from '../cells/cell-pool.ts';
import type { CellPool } from '../cells/cell-pool.ts';
import { ofSecondModel } from '../cells/deciding-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import { sortedPlaces } from './sorted-places.ts';
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
  // The panels ask for other cells than the grid, which are sorted by the same.
  const sorted = new Map<CellPool, { readonly by: string; readonly cells: readonly number[] }>();
  const sortedBy = (pool: CellPool, { sort, reversed }: ViewState): readonly number[] => {
    const by = `${sort},${reversed}`;
    const known = sorted.get(pool);
    if (known?.by === by) return known.cells;
    const cells = sortedCells(data, pool, sort, reversed);
    sorted.set(pool, { by, cells });
    return cells;
  };
  return (state, marks) => {
    const { sort, percent } = state;
    const cells = sortedBy(poolOf(data, state), state);
    const counted = percent < 100 ? cells.slice(0, Math.ceil((percent / 100) * cells.length)) : cells;
    const tests = testsOf(state, { sort, marks, answered });
    return counted.filter((index) => tests.every((isAsked) => isAsked(index)));
  };
}

function sortedCells(data: ReportData, pool: CellPool, sort: number, reversed: boolean): number[] {
  // What only the second model found has no number of the first.
  const { order, values, shows } = numbersOf(data)[pool === 'second' ? ofSecondModel(data, sort) : sort]!;
  const sign = (order === 'ascending') === reversed ? -1 : 1;
  const numbers = values(shows);
  return sortedPlaces(cellsIn(data, pool), (index) => {
    const value = numbers[index]!;
    return Number.isNaN(value) ? Infinity : sign * value;
  });
}
