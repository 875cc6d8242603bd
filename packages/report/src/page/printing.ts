import { countText } from '@qualm/types';
import type { Grid } from './grid/grid.ts';

/** Pictures on paper: some fifty pages. */
const most = 1000;

/** Prints what is shown, its pictures included, which have to be there before paper is made; a
 * browser that prints on its own gets the same, but for pictures that have not come yet.
 * @param count how many are shown
 */
export function createPrinting(grid: Grid, count: () => number): () => Promise<void> {
  let [isReady, isBegun] = [false, false];
  const prepare = (): void => {
    grid.root.dataset['left'] = count() > most ? `Only the first ${countText(most)} are printed.` : '';
    grid.print(most);
  };
  const end = (): void => {
    [isReady, isBegun] = [false, false];
    grid.endPrint();
  };
  addEventListener('beforeprint', () => {
    isBegun = true;
    if (!isReady) prepare();
  });
  addEventListener('afterprint', end);
  return async () => {
    prepare();
    await Promise.allSettled([...grid.root.querySelectorAll('img')].map((image) => image.decode()));
    isReady = true;
    print();
    // A page within another may not print.
    if (!isBegun) end();
  };
}
