import { createEntropy, createGini, createLeastConfidence, entropy, gini, leastConfidence } from '@qualm/strategies';
import { createRandom, margin, perLabel, presence, ratio } from '@qualm/strategies';
import type { Strategy } from '@qualm/types';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import type { TestDatabase } from './open-database.ts';

const strategies: readonly (readonly [call: string, strategy: Strategy])[] = [
  ['margin(scores)', margin],
  ['ratio(scores)', ratio],
  ['presence(scores)', presence],
  ['least_confidence(scores)', leastConfidence],
  ['least_confidence(scores, false)', leastConfidence],
  ['least_confidence(scores, true)', createLeastConfidence({ normalized: true })],
  ['normalized_least_confidence(scores)', createLeastConfidence({ normalized: true })],
  ['gini(scores)', gini],
  ['gini(scores, true)', createGini({ normalized: true })],
  ['normalized_gini(scores)', createGini({ normalized: true })],
  ['entropy(scores)', entropy],
  ['entropy(scores, true)', createEntropy({ normalized: true })],
  ['entropy(scores, base := 2)', createEntropy({ base: 2 })],
  [
    'entropy(scores, normalized := true, renormalize := false)',
    createEntropy({ normalized: true, renormalize: false }),
  ],
  ['normalized_entropy(scores)', createEntropy({ normalized: true })],
  ['label_entropy(scores)', perLabel(entropy, { combine: 'sum' })],
  ['label_margin(scores)', perLabel(margin, { combine: 'least-sure' })],
];

const evenRows = 2500;
let database: TestDatabase;
let even: Float32Array[];
let uneven: Float32Array[];

beforeAll(async () => {
  database = await openDatabase();
  const random = createRandom(7);
  const row = (length: number): Float32Array => Float32Array.from({ length }, () => random() ** 4);
  even = Array.from({ length: evenRows }, () => row(9));
  const lengths = Array.from({ length: 400 }, () => Math.floor(random() * 4));
  uneven = [
    ...lengths.map(row),
    row(300),
    Float32Array.of(NaN, 0.5),
    new Float32Array(3),
    Float32Array.of(0.5, 0.5, 2),
  ];
  for (const [name, rows] of [
    ['even', even],
    ['uneven', uneven],
  ] as const) {
    for (const type of ['FLOAT', 'DOUBLE']) {
      await database.connection.run(`CREATE TABLE ${name}_${type} (id INTEGER, scores ${type}[])`);
      const appender = await database.connection.createAppender(`${name}_${type}`);
      rows.forEach((scores, id) => {
        appender.appendInteger(id);
        appender.appendList(
          database.lib.listValue(Array.from(scores)),
          database.lib.LIST(database.lib[type as 'FLOAT']),
        );
        appender.endRow();
      });
      appender.closeSync();
    }
  }
});

test.each(strategies)('%s of many rows is what the strategy gives, to the bit', async (call, strategy) => {
  const flat = Float32Array.from(even.flatMap((row) => Array.from(row)));
  const ofFloats = await database.column(`SELECT ${call} FROM even_FLOAT ORDER BY id`);
  expect(Float64Array.from(ofFloats as number[])).toEqual(strategy.scoreRows!(flat, 9));
  const ofDoubles = await database.column(`SELECT ${call} FROM even_DOUBLE ORDER BY id`);
  expect(Float64Array.from(ofDoubles as number[])).toEqual(strategy.scoreRows!(Float64Array.from(flat), 9));
});

test.each(strategies)('%s of rows of any length is what the strategy gives', async (call, strategy) => {
  const alone = (row: Float32Array | Float64Array): number =>
    row.length === 0 ? strategy.score(row) : strategy.scoreRows!(row, row.length)[0]!;
  expect(await database.column(`SELECT ${call} FROM uneven_FLOAT ORDER BY id`)).toEqual(uneven.map(alone));
  const doubles = uneven.map((row) => alone(Float64Array.from(row)));
  expect(await database.column(`SELECT ${call} FROM uneven_DOUBLE ORDER BY id`)).toEqual(doubles);
});

test.each(strategies.map(([call]) => call))('%s of NULL, and of a list that holds NULL, is NULL', async (call) => {
  const rows = `(VALUES (NULL), ([0.5, NULL]), ([0.5, 0.25])) AS t(scores)`;
  const values = await database.column(`SELECT ${call} FROM ${rows}`);
  expect(values.slice(0, 2)).toEqual([null, null]);
  expect(values[2]).toBeTypeOf('number');
  expect(await database.value(`SELECT ${call.replace('scores', 'NULL')}`)).toBeNull();
});

test('a lone score s is the distribution [s, 1 - s]', async () => {
  expect(await database.value('SELECT margin([0.2::DOUBLE])')).toBe(margin([0.2, 0.8]));
  expect(await database.value('SELECT entropy([0.5])')).toBe(Math.LN2);
});

test.each([
  ['margin([0.5, 0.25])', 0.25],
  ['entropy([0.5, 0.25])', 0.6365141682948128],
  ['entropy([0.5, 0.25], normalized := true)', 0.9182958340544896],
  ['entropy([0.5, 0.25], normalized := true, renormalize := false)', 1],
  ['entropy([1, 0])', 0],
  ['entropy([0.5, 0.5], base := 2)', 1],
  ['gini([0.5, 0.25, 0.25])', 0.625],
  ['ratio([0.5::FLOAT, 0.25::FLOAT]::FLOAT[2])', 0.5],
  ['entropy(list_transform(range(90), x -> 1))', 4.499809670330265],
])('%s is %d', async (call, expected) => {
  expect(await database.value(`SELECT ${call}`)).toBeCloseTo(expected, 14);
});

test('options may differ from row to row', async () => {
  const rows = '(VALUES (1, true), (2, false), (3, NULL), (4, false)) AS t(id, normalized)';
  expect(await database.column(`SELECT least_confidence([0.5, 0.25], normalized) FROM ${rows} ORDER BY id`)).toEqual([
    1,
    0.5,
    null,
    0.5,
  ]);
});

test('rows that a filter, a join and a list built of columns hand over are those of the table', async () => {
  const some = even.map((row, id) => [id, row] as const).filter(([id]) => id % 7 === 3 || id === 2499);
  const filtered = await database.column(
    'SELECT margin(scores) FROM even_FLOAT WHERE id % 7 = 3 OR id = 2499 ORDER BY id',
  );
  expect(filtered).toEqual(some.map(([, row]) => margin(row)));
  const joined = await database.column(
    'SELECT margin(b.scores) FROM range(40) AS a(id) JOIN even_FLOAT AS b ON b.id = (a.id * 97) % 2500 ORDER BY a.id',
  );
  expect(joined).toEqual(Array.from({ length: 40 }, (_, id) => margin(even[(id * 97) % evenRows]!)));
  const built = await database.column('SELECT margin([scores[1], scores[2]]) FROM even_FLOAT ORDER BY id');
  expect(built).toEqual(even.map((row) => margin(row.slice(0, 2))));
});

test('a wrong base fails the query, by name', async () => {
  await expect(database.value('SELECT entropy([0.5], base := 1)')).rejects.toThrow(/entropy: base is 1; expected/);
});

test.each([
  ["margin('a')", /margin/],
  ['margin(3)', /'margin\(INTEGER_LITERAL\)'/],
  ['gini([0.5], [1])', /'gini\(.*INTEGER\[\]\)'/],
  ["entropy(['a'])", /entropy\(VARCHAR\[\]/],
  ['entropy([0.5], foo := 2)', /entropy\(\) does not support/],
])('%s is an error of the binder that names the function', async (call, message) => {
  await expect(database.value(`SELECT ${call}`)).rejects.toThrow(message);
});

test("DuckDB's aggregate entropy is reached by its schema", async () => {
  expect(await database.value('SELECT system.main.entropy(x) FROM range(4) AS t(x)')).toBe(2);
});

test('NaN comes last in descending order by nullif', async () => {
  const rows = '(VALUES (1, [0.5, 0.5]), (2, [0.0, 0.0]), (3, [0.75, 0.25])) AS t(id, scores)';
  expect(await database.column(`SELECT id FROM ${rows} ORDER BY nullif(entropy(scores), 'nan') DESC`)).toEqual([
    1, 3, 2,
  ]);
});
