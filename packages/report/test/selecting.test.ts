import { expect, it, vi } from 'vitest';
import { createSelectedCells } from '../src/page/grid/selected-cells.ts';
import { createSelecting } from '../src/page/grid/selecting.ts';

it('createSelecting(selected, shown, changed) selects of what is shown, and tells of it', () => {
  const [selected, changed] = [createSelectedCells(), vi.fn()];
  const selecting = createSelecting(selected, () => [7, 3, 9], changed);
  const now = (): number[] => [...selected.places].sort();
  selecting.pick(1, null);
  expect(now()).toEqual([3]);
  selecting.pick(2, 1);
  expect(now()).toEqual([3, 9]);
  selecting.invert();
  expect(now()).toEqual([7]);
  selecting.first(2);
  expect(now()).toEqual([3, 7]);
  selecting.pick(5, null);
  selecting.all();
  expect(now()).toEqual([3, 7, 9]);
  selecting.none();
  expect(now()).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(7);
});
