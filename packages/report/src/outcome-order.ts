import { outcomePairs } from './outcome-pairs.ts';
import { classOrder } from './pair-order.ts';
import type { CellColumns } from './report-data.ts';

/** The classes that are most often drawn and not found as such, or found and not drawn as such,
 * those that are confused side by side; the others where none is.
 */
export function outcomeOrder(cells: Pick<CellColumns, 'boxes' | 'partners'>, numClasses: number): number[] {
  const all = cells.boxes.flatMap((_, index) => outcomePairs(cells, index));
  const wrong = all.filter(([drawn, found]) => drawn !== found);
  return classOrder(wrong.length > 0 ? wrong : all, numClasses);
}
