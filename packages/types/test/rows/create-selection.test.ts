import { expect, expectTypeOf, it } from 'vitest';
import type { Column } from '@qualm/types';
import { createSelection, type SelectedRow, type SelectedRows } from '../../src/rows/index.ts';

it('createSelection(rows, explain) is a column of explained picks in order of choice', () => {
  const read: number[] = [];
  const selection = createSelection(Uint32Array.of(7, 3), (place) => {
    read.push(place);
    return { reason: `pick ${place}`, scores: { margin: place }, ranks: {} };
  });
  expectTypeOf<SelectedRows>().toExtend<Column<SelectedRow>>();
  expect(read).toEqual([]);
  expect(selection.length).toBe(2);
  expect(selection.at(1)).toEqual({ row: 3, rank: 2, reason: 'pick 1', scores: { margin: 1 }, ranks: {} });
  expect(selection.at(-2)?.row).toBe(7);
  expect(selection.at(2)).toBeUndefined();
  expect([...selection].map(({ row, rank }) => [row, rank])).toEqual([
    [7, 1],
    [3, 2],
  ]);
});
