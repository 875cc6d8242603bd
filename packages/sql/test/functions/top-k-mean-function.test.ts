import { aggregate, topKMean } from '@qualm/strategies';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase();
});

test('top_k_mean is the aggregation topKMean, in both orders', async () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(values, fc.integer({ min: 1, max: 5 }), async (list, k) => {
      for (const order of ['ascending', 'descending'] as const) {
        const text = `[${list.map((value) => `'${value}'::DOUBLE`).join(', ')}]`;
        const column = { name: 'x', order, values: list };
        const expected = aggregate(column, [0, list.length], topKMean(k), { empty: 0 }).values[0];
        expect(await database.value(`SELECT top_k_mean(${text}, ${k}, '${order}')`)).toBe(expected);
      }
    }),
    { numRuns: 15 },
  );
});

test("top_k_mean of a group's list agrees with DuckDB's own largest k", async () => {
  const rows = await database.rows(
    `SELECT top_k_mean(list(x), 3), list_avg(max(x, 3)), top_k_mean(list(x), 3, 'ascending'), list_avg(min(x, 3))
     FROM (SELECT i % 7 AS g, (i * 37 % 101)::DOUBLE AS x FROM range(500) AS t(i)) GROUP BY g`,
  );
  expect(rows).toHaveLength(7);
  for (const [most, ofMax, least, ofMin] of rows) {
    expect(most).toBeCloseTo(ofMax as number, 12);
    expect(least).toBeCloseTo(ofMin as number, 12);
  }
});

test.each([
  ['top_k_mean([0.5, 0.25, 0.75], 2)', 0.625],
  ["top_k_mean([0.5, 0.25, 0.75], 2, 'ascending')", 0.375],
  ['top_k_mean([0.5, NULL, 0.75], 3)', 0.625],
  ["top_k_mean([0.5, 'nan'::DOUBLE], 1)", NaN],
  ['top_k_mean([], 1)', null],
  ['top_k_mean([NULL]::DOUBLE[], 1)', null],
  ['top_k_mean(NULL, 1)', null],
  ['top_k_mean([0.5], NULL)', null],
])('%s is %o', async (call, expected) => {
  expect(await database.value(`SELECT ${call}`)).toBe(expected);
});

test.each([
  ['top_k_mean([0.5], 0)', /top_k_mean: k is 0; expected a whole number from 1/],
  ["top_k_mean([0.5], 1, 'up')", /top_k_mean: order is "up"; expected 'ascending' or 'descending'/],
])('%s is an error that says so', async (call, message) => {
  await expect(database.value(`SELECT ${call}`)).rejects.toThrow(message);
});
