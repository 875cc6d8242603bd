import type { ReportData } from '../../report-data.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import type { ViewState } from '../view-state.ts';
import { isOfSecond } from './shown-boxes.ts';

/** Which cells a view is about: those of the first model; those that only a second one found, where
 * these are asked for; both, where they are sorted by what the second one says.
 */
export type CellPool = 'first' | 'second' | 'both';

export function poolOf(data: ReportData, { sort, models }: Pick<ViewState, 'sort' | 'models'>): CellPool {
  if (!data.cells.layer) return 'first';
  if (models === 'onlySecond') return 'second';
  return numbersOf(data)[sort]!.whose === 'second' ? 'both' : 'first';
}

const known = new WeakMap<ReportData, Readonly<Record<CellPool, readonly number[]>>>();

/** The cells of a pool, in their order. */
export function cellsIn(data: ReportData, pool: CellPool): readonly number[] {
  if (!known.has(data)) {
    const both = data.cells.id.map((_, index) => index);
    const only = (isSecond: boolean): number[] => both.filter((index) => isOfSecond(data, index) === isSecond);
    known.set(
      data,
      data.cells.layer ? { both, first: only(false), second: only(true) } : { both, first: both, second: [] },
    );
  }
  return known.get(data)![pool];
}
