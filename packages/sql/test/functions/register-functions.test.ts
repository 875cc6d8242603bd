import { createStrategy } from '@qualm/strategies';
import { beforeAll, expect, test } from 'vitest';
import { createScoreFunction } from '../../src/functions/create-score-function.ts';
import { registerFunctions } from '../../src/functions/register-functions.ts';
import { registerScalar } from '../../src/functions/scalar-definition.ts';
import { sqlFunctions } from '../../src/functions/sql-functions.ts';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

const cropImages = (requests: readonly unknown[]): Uint8Array[] => requests.map(() => Uint8Array.of(1));
let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase({ cropImages, copyImage: (_, path) => path });
});

test.each(sqlFunctions)('$name can be called as its example is', async ({ name, example, signature }) => {
  expect(example).toMatch(new RegExp(`^${name}\\(`));
  expect(signature).toMatch(new RegExp(`^${name}\\(.*\\) -> \\w+$`));
  expect(await database.value(`SELECT ${example}`)).not.toBeNull();
});

test('what is registered is listed, under one name each', async () => {
  const bare = await (await database.lib.DuckDBInstance.create(':memory:')).connect();
  const ofDuckDb = (await bare.runAndReadAll('SELECT DISTINCT function_name FROM duckdb_functions()')).getRowsJS();
  const known = new Set(ofDuckDb.map(([name]) => name));
  const names = await database.column('SELECT DISTINCT function_name FROM duckdb_functions() ORDER BY 1');
  const added = names.filter((name) => !known.has(name as string) && name !== 'score_entropy');
  const listed = sqlFunctions.map(({ name }) => name);
  expect(new Set(listed)).toHaveLength(listed.length);
  expect([...added, 'entropy'].sort()).toEqual([...listed].sort());
});

test('functions can be registered again, for another connection of the same database', async () => {
  const second = await database.instance.connect();
  await registerFunctions(database.lib, second, { cropImages });
  const value = (await second.runAndReadAll('SELECT entropy([0.5, 0.5]) + margin([0.5, 0.25])')).getRowsJS()[0]![0];
  expect(value).toBeCloseTo(Math.LN2 + 0.25, 15);
  expect(await database.value('SELECT margin([0.5, 0.25])')).toBe(0.25);
});

test('a strategy of one’s own is called for no NULL, and its errors fail the query with its name and its row', async () => {
  const { lib, connection } = database;
  const lengths: number[] = [];
  const spread = createStrategy('spread', 'ascending', (scores) => {
    lengths.push(scores.length);
    if (scores[0] === 0) throw new Error('nothing is there');
    return Math.max(...Array.from(scores)) - Math.min(...Array.from(scores));
  });
  for (const fn of createScoreFunction(lib, 'spread', spread)) registerScalar(lib, connection, fn);
  const rows = '(VALUES (1, [0.5, 0.25]), (2, NULL), (3, [1, 0.5, 0]), (4, [0.5, NULL])) AS t(id, scores)';
  expect(await database.column(`SELECT spread(scores) FROM ${rows} ORDER BY id`)).toEqual([0.25, null, 1, null]);
  expect(lengths).toEqual([2, 3]);
  await expect(database.value('SELECT spread([0, 0.5])')).rejects.toThrow(
    /strategy "spread" of \[0, 0.5\]: nothing is there/,
  );
});

test.each([
  ['a promise', Promise.resolve(1)],
  ['string', 'much'],
  ['undefined', undefined],
])('a strategy that gives %s fails the query', async (what, given) => {
  const { lib, connection } = database;
  const wrong = createStrategy('wrong', 'ascending', () => given as never);
  for (const fn of createScoreFunction(lib, 'wrong', wrong)) registerScalar(lib, connection, fn);
  await expect(database.value('SELECT wrong([0.5])')).rejects.toThrow(
    `strategy "wrong" of [0.5]: it gave ${what}; expected a number`,
  );
});

test('what an error becomes in DuckDB is the choice of whoever registers', async () => {
  const named = await openDatabase({ failWith: (error) => `FAILED ${(error as Error).message}` });
  await expect(named.value('SELECT box2d(3, 0, 1, 1)')).rejects.toThrow(/FAILED box2d: \(3, 0, 1, 1\) is not a box/);
});

test('a name that DuckDB has for an aggregate is refused', () => {
  const { lib, connection } = database;
  const [sum] = createScoreFunction(
    lib,
    'sum',
    createStrategy('sum', 'ascending', () => 0),
  );
  expect(() => {
    registerScalar(lib, connection, sum!);
  }).toThrow(/function "sum": DuckDB rejects it; .* choose another name/);
});
