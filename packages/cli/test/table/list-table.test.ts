import { Box2d } from '@qualm/types';
import type { ListColumns, RankedList } from '@qualm/selection';
import { expect, it } from 'vitest';
import { listTable } from '../../src/output/table/list-table.ts';

const types: ListColumns = {
  ...{ rank: 'int32', image_id: 'string', image: 'string', box: 'box', label: 'string', margin: 'float64' },
};

function listOf(count: number): RankedList<object> {
  const row = (at: number): Record<string, unknown> => ({
    ...{ rank: at + 1, image_id: `${at}.jpg`, image: `file:///photos/${at}.jpg`, box: new Box2d(1, 2, 30, 40) },
    ...{ label: at === 1 ? null : 'dog', margin: at === 1 ? NaN : 0.123456789 * at },
  });
  const rows = Array.from({ length: count }, (_, at) => row(at));
  return {
    ...{ length: count, types, at: (at: number) => rows[at], [Symbol.iterator]: () => rows[Symbol.iterator]() },
    columns: () => Object.fromEntries(Object.keys(types).map((name) => [name, rows.map((one) => one[name])])),
    slice: (start, end) => listOf(rows.slice(start, end).length),
  };
}

it('a list in a terminal has digits that can be read, and no addresses', () => {
  expect(listTable(listOf(3), 80)).toEqual([
    'rank │ image_id │ box         │ label │   margin',
    '─────┼──────────┼─────────────┼───────┼─────────',
    '   1 │ 0.jpg    │ (1 2 30 40) │ dog   │        0',
    '   2 │ 1.jpg    │ (1 2 30 40) │       │',
    '   3 │ 2.jpg    │ (1 2 30 40) │ dog   │ 0.246914',
  ]);
});

it('says what there is no room for, and how many rows more there are', () => {
  const lines = listTable(listOf(60), 30);
  expect(lines).toHaveLength(2 + 50 + 2);
  expect(lines.at(-2)).toBe('no room for label, margin; --out list.csv has all');
  expect(lines.at(-1)).toBe('10 more rows; --out list.csv has all, and so has a pipe');
});
