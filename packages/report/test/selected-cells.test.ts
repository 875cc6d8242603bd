import { describe, expect, it } from 'vitest';
import { createSelectedCells } from '../src/page/grid/selected-cells.ts';

/** Places of cells, as they are sorted. */
const shown = [5, 3, 9, 0, 7];

describe('createSelectedCells()', () => {
  it('selects all that is shown, the first ones, the others instead, and none', () => {
    const selected = createSelectedCells();
    selected.first(shown, 2);
    expect([...selected.places]).toEqual([5, 3]);
    selected.invert(shown);
    expect([...selected.places]).toEqual([9, 0, 7]);
    expect(selected.among(shown)).toEqual([9, 0, 7]);
    selected.all(shown);
    expect(selected.places.size).toBe(5);
    selected.none();
    expect(selected.places.size).toBe(0);
    expect(selected.among(shown)).toEqual(shown);
    selected.first(shown, 100);
    expect(selected.places.size).toBe(5);
  });

  it('grows and shrinks a range from where it began, in either direction, beside what was selected', () => {
    const selected = createSelectedCells();
    selected.toggle(7);
    selected.extend(shown, 1, 2);
    expect([...selected.places]).toEqual([7, 3, 9]);
    selected.extend(shown, 2, 3);
    expect([...selected.places]).toEqual([7, 3, 9, 0]);
    selected.extend(shown, 3, 0);
    expect([...selected.places]).toEqual([7, 5, 3]);
  });

  it('begins a new range after somebody has gone elsewhere, or has chosen one cell', () => {
    const selected = createSelectedCells();
    selected.extend(shown, 0, 1);
    selected.endRange();
    selected.extend(shown, 3, 4);
    expect([...selected.places]).toEqual([5, 3, 0, 7]);
    selected.toggle(3);
    selected.extend(shown, 2, 2);
    expect([...selected.places]).toEqual([5, 0, 7, 9]);
  });

  it('lets go of what is not shown any more', () => {
    const selected = createSelectedCells();
    selected.all(shown);
    selected.keep([0, 1, 9]);
    expect([...selected.places]).toEqual([9, 0]);
  });
});
