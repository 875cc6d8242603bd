import { Box2d } from '@qualm/types';
import type { ListColumns, RankedList } from '@qualm/selection';
import { expect, it } from 'vitest';
import { listTable } from '../../src/output/table/list-table.ts';

const types: ListColumns = {
  ...{ rank: 'int32', image_id: 'string', image: 'string', box: 'box', label: 'string', score: 'float64' },
  ...{ second_label: 'string', second_score: 'float64', margin: 'float64' },
  ...{ width: 'int32', height: 'int32', box_index: 'int32', box_margin: 'float64' },
};

const classes = { label: 'dog', score: 0.3149, second_label: 'cat', second_score: 0.3 };

function listOf(count: number): RankedList<object> {
  const row = (at: number): Record<string, unknown> => ({
    ...{ rank: at + 1, image_id: `${at}.jpg`, image: `file:///photos/${at}.jpg`, box: new Box2d(1, 2, 30, 40) },
    ...(at === 1 ? { label: null, score: null, second_label: null, second_score: null } : classes),
    margin: at === 1 ? NaN : 0.0123456789 * at,
    ...{ width: 640, height: 480, box_index: at, box_margin: 0.5 },
  });
  const rows = Array.from({ length: count }, (_, at) => row(at));
  return {
    ...{ length: count, types, at: (at: number) => rows[at], [Symbol.iterator]: () => rows[Symbol.iterator]() },
    columns: () => Object.fromEntries(Object.keys(types).map((name) => [name, rows.map((one) => one[name])])),
    slice: (start, end) => listOf(rows.slice(start, end).length),
  };
}

it('has what it is ranked by first, digits that can be read, and nothing for programs alone', () => {
  expect(listTable(listOf(3), 'margin', 80)).toEqual([
    'rank │ margin │ label              │ image_id │ box',
    '─────┼────────┼────────────────────┼──────────┼────────────',
    '   1 │      0 │ dog .31 or cat .30 │ 0.jpg    │ (1 2 30 40)',
    '   2 │        │                    │ 1.jpg    │ (1 2 30 40)',
    '   3 │  .0247 │ dog .31 or cat .30 │ 2.jpg    │ (1 2 30 40)',
  ]);
});

it('has what was found with its score, and leaves a name that has no score as it is', () => {
  const errors: ListColumns = {
    ...{ rank: 'int32', quality: 'float64', label: 'string', found_label: 'string', found_score: 'float64' },
  };
  const row = { rank: 1, quality: 0.12345, label: 'cow', found_label: 'horse', found_score: 0.8765 };
  const list: RankedList<object> = {
    ...{ length: 1, types: errors, at: () => row, [Symbol.iterator]: () => [row][Symbol.iterator]() },
    columns: () => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]])),
    slice: () => list,
  };
  expect(listTable(list, 'quality', 80)).toEqual([
    'rank │ quality │ label │ found_label',
    '─────┼─────────┼───────┼────────────',
    '   1 │    .123 │ cow   │ horse .88',
  ]);
});

it('says what there is no room for, and how many rows more there are', () => {
  const lines = listTable(listOf(60), 'margin', 30);
  expect(lines).toHaveLength(2 + 50 + 2);
  expect(lines.at(-2)).toBe('no room for image_id, box; --out list.csv has all');
  expect(lines.at(-1)).toBe('10 more rows; --out list.csv has all, and so has a pipe');
});
