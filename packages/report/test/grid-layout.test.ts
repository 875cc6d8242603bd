import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gap, gridLayout, positionAfter } from '../src/page/grid/grid-layout.ts';

describe('gridLayout(width, cellWidth, captionHeight)', () => {
  it.each([
    [
      { width: 800, cell: 168 },
      { columns: 4, pictureHeight: 154, rowHeight: 208 },
    ],
    [
      { width: 1430, cell: 168 },
      { columns: 8, pictureHeight: 137, rowHeight: 191 },
    ],
    // Narrower than a cell.
    [
      { width: 100, cell: 168 },
      { columns: 1, pictureHeight: 66, rowHeight: 120 },
    ],
    [
      { width: 0, cell: 168 },
      { columns: 1, pictureHeight: 0, rowHeight: 54 },
    ],
  ])('%j is %j', ({ width, cell }, expected) => expect(gridLayout(width, cell, 42)).toEqual(expected));

  it('fills the width: one cell more would be narrower than is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 4000 }), fc.integer({ min: 120, max: 480 }), (width, cellWidth) => {
        const { columns } = gridLayout(width, cellWidth, 42);
        const own = (count: number): number => (width - gap) / count - gap;
        if (columns > 1) expect(own(columns)).toBeGreaterThanOrEqual(cellWidth);
        expect(own(columns + 1)).toBeLessThan(cellWidth);
      }),
    );
  });
});

describe('positionAfter(key, current, grid)', () => {
  const grid = { columns: 4, rowsSeen: 2, count: 18 };
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 17, 17],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 5, 9],
    ['ArrowDown', 15, 15],
    ['ArrowUp', 3, 3],
    ['PageDown', 1, 9],
    ['PageDown', 12, 17],
    ['PageUp', 5, 0],
    ['Home', 6, 4],
    ['End', 6, 7],
    ['End', 17, 17],
    ['Ctrl+Home', 6, 0],
    ['Ctrl+End', 6, 17],
    ['b', 6, null],
    ['constructor', 6, null],
  ])('%s from %i leads to %s', (name, from, to) => {
    const [key, ctrlKey] = [name.split('+').at(-1)!, name.startsWith('Ctrl+')];
    expect(positionAfter({ key, ctrlKey }, from, grid)).toBe(to);
  });
});
