import fc from 'fast-check';
import { Box2d } from '@qualm/types';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

const edge = fc.integer({ min: 0, max: 4000 }).map((n) => n / 8);
const box = fc
  .tuple(edge, edge, edge, edge)
  .map(([a, b, c, d]) => new Box2d(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)));
const pairs = fc.array(fc.tuple(box, box), { minLength: 1, maxLength: 20 });

function text({ xmin, ymin, xmax, ymax }: Box2d): string {
  return `{'xmin': ${xmin}::FLOAT, 'ymin': ${ymin}::FLOAT, 'xmax': ${xmax}::FLOAT, 'ymax': ${ymax}::FLOAT}`;
}

function plain(one: Box2d | null): unknown {
  return one && { xmin: one.xmin, ymin: one.ymin, xmax: one.xmax, ymax: one.ymax };
}

test('area, iou and intersection of boxes are those of Box2d, to the bit', async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async (some) => {
      const values = some.map(([a, b], id) => `(${id}, ${text(a)}, ${text(b)})`).join(', ');
      const rows = await database.rows(
        `SELECT area(a), iou(a, b), intersection(a, b) FROM (VALUES ${values}) AS t(id, a, b) ORDER BY id`,
      );
      expect(rows).toEqual(some.map(([a, b]) => [a.area, a.iou(b), plain(a.intersection(b))]));
    }),
    { numRuns: 15 },
  );
});

test('boxes from edges, a corner and a middle are those of Box2d', async () => {
  await fc.assert(
    fc.asyncProperty(box, async (one) => {
      const [x, y, width, height] = [one.xmin, one.ymin, one.width, one.height];
      const [cx, cy] = [x + width / 2, y + height / 2];
      const [row] = await database.rows(
        `SELECT box2d(${[...one].join()}), box2d_from_top_left(${x}, ${y}, ${width}, ${height}), box2d_from_center(${cx}, ${cy}, ${width}, ${height})`,
      );
      expect(row).toEqual(
        [one, Box2d.fromTopLeft(x, y, width, height), Box2d.fromCenter(cx, cy, width, height)].map(plain),
      );
    }),
    { numRuns: 15 },
  );
});

test.each([
  ['iou(box2d(0, 0, 20, 20), box2d(10, 10, 30, 30))', 1 / 7],
  ['iou(box2d(0, 0, 20, 20), box2d(15, 15, 35, 35))', 25 / 775],
  ['iou(box2d(0, 0, 10, 10), box2d(5, 5, 10, 10))', 0.25],
  ['iou(box2d(0, 0, 20, 20), box2d(5, 5, 10, 10))', 0.0625],
  ['iou(box2d(0, 0, 10, 10), box2d(10, 0, 20, 10))', 0],
  ['iou(box2d(5, 5, 5, 5), box2d(5, 5, 5, 5))', 0],
  ["area({'xmin': 1, 'ymin': 2, 'xmax': 3, 'ymax': 5})", 6],
  ["area({'ymax': 5.5, 'xmin': 1.0, 'ymin': 2.5, 'xmax': 3.0})", 6],
  ['intersection(box2d(0, 0, 100, 20), box2d(50, 10, 120, 30))', { xmin: 50, ymin: 10, xmax: 100, ymax: 20 }],
  ['intersection(box2d(0, 0, 10, 10), box2d(10, 0, 20, 10))', null],
  ['area(NULL)', null],
  ['iou(NULL, box2d(1, 2, 3, 4))', null],
  ['box2d(1, NULL, 3, 4)', null],
  ["area({'xmin': 1, 'ymin': NULL, 'xmax': 3, 'ymax': 5})", null],
])('%s is %o', async (call, expected) => {
  expect(await database.value(`SELECT ${call}`)).toEqual(expected);
});

test('NULL among boxes stays with its row', async () => {
  const rows = '(VALUES (1, box2d(0, 0, 2, 2)), (2, NULL), (3, box2d(0, 0, 3, 3))) AS t(id, box)';
  expect(await database.column(`SELECT area(box) FROM ${rows} ORDER BY id`)).toEqual([4, null, 9]);
  expect(await database.column(`SELECT iou(box, box2d(0, 0, 2, 2)) FROM ${rows} ORDER BY id`)).toEqual([
    1,
    null,
    4 / 9,
  ]);
});

test.each([
  ['box2d(5, 0, 1, 2)', /box2d: \(5, 0, 1, 2\) is not a box; expected 0 <= xmin <= xmax/],
  ["box2d('nan', 0, 1, 2)", /box2d: \(NaN, 0, 1, 2\) is not a box/],
  ['box2d(-1, 0, 1, 2)', /box2d: \(-1, 0, 1, 2\) is not a box/],
  ['box2d(0, 0, 1e39, 2)', /box2d: \(0, 0, Infinity, 2\) is not a box/],
  ['box2d_from_center(1, 1, 4, 1)', /box2d_from_center: \(-1, 0.5, 3, 1.5\) is not a box/],
  ['box2d_from_top_left(1, 1, -1, 1)', /box2d_from_top_left: \(1, 1, 0, 2\) is not a box/],
  ["area({'xmin': 3.1::FLOAT, 'ymin': 0::FLOAT, 'xmax': 1::FLOAT, 'ymax': 2::FLOAT})", /area: \(3.1, 0, 1, 2\)/],
  ["iou(box2d(0, 0, 1, 1), {'xmin': 0, 'ymin': 3, 'xmax': 1, 'ymax': 2})", /iou: \(0, 3, 1, 2\)/],
  ["area('a')", /'a' can't be cast to the destination type STRUCT\(xmin DOUBLE/],
  ['area(3)', /'area\(INTEGER_LITERAL\)'/],
  ['area([1, 2, 3, 4])', /'area\(INTEGER\[\]\)'/],
])('%s is an error that says so', async (call, message) => {
  await expect(database.value(`SELECT ${call}`)).rejects.toThrow(message);
});
