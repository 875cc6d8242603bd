import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../src/index.ts';
import { countsOf, errorOf, rowsOf, toySession, writeToyFolder } from './toy-session.ts';

let folder: string;
let spark: SqlSession;
let duckdb: SqlSession;

const labels = ['red', 'green', 'blue'];
const functions = {
  coco_name: { parameters: ['INTEGER'], returns: 'VARCHAR', call: (id: number) => labels[id] ?? 'other' },
};

beforeAll(async () => {
  folder = await writeToyFolder(6);
  [spark, duckdb] = await Promise.all([
    toySession(folder, { dialect: 'spark', functions }),
    toySession(folder, { functions }),
  ]);
  for (const session of [spark, duckdb]) {
    await session.sql("CREATE OR REPLACE MODEL toy OPTIONS (batch_size=4, num_workers=2) USING 'toy.json'");
    await session.sql("CREATE OR REPLACE TEMPORARY VIEW coco_1k AS SELECT image_id, image FROM read_images('.')");
  }
});

afterAll(() => Promise.all([spark.close(), duckdb.close()]));

describe("a session of the dialect 'spark'", () => {
  it.each([
    ["concat(?, 'x', ?)", ['a', 'b'], 'axb'],
    ['concat(:a, :b, :a)', { a: 'p', b: 'q' }, 'pqp'],
    ['? || ?', ['p', 'q'], 'pq'],
    ['? / ?', [7, 2], 3.5],
    ['if(? > 1, ?, ?)', [2, 'yes', 'no'], 'yes'],
    ['array(1, 2, 3)[?] + ?', [1, 5], 7],
    ["locate(?, 'abc') + ?", ['c', 10], 13],
  ])('takes the parameters of %s in the order of the text', async (expression, parameters, value) => {
    const rows = await (await spark.sql(`SELECT ${expression} AS value`, parameters)).rows();
    expect(rows).toEqual([{ value }]);
  });

  it.each([
    [
      'SELECT /*+ REPARTITION(200) */ image_id, explode(ML_PREDICT(toy, image)) AS toy FROM coco_1k ORDER BY toy.scores[0] ASC, image_id LIMIT 1000',
      'SELECT * FROM (SELECT image_id, unnest(ML_PREDICT(toy, image)) AS toy FROM coco_1k) ORDER BY toy.scores[1], image_id LIMIT 1000',
    ],
    [
      `SELECT image_id, detection, detection.scores[0] - detection.scores[1] as margin FROM (
         SELECT image_id, image, explode(ML_PREDICT(toy, image)) AS detection FROM coco_1k) ORDER BY margin, image_id LIMIT 10000`,
      `SELECT image_id, detection, detection.scores[1] - detection.scores[2] as margin FROM (
         SELECT image_id, image, unnest(ML_PREDICT(toy, image)) AS detection FROM coco_1k) ORDER BY margin, image_id LIMIT 10000`,
    ],
    [
      `SELECT image_id, entropy(detection.scores) as entropy FROM (
         SELECT image_id, image, explode(ML_PREDICT(toy, image)) AS detection FROM coco_1k) ORDER BY entropy DESC, image_id LIMIT 1000`,
      `SELECT image_id, entropy(detection.scores) as entropy FROM (
         SELECT image_id, image, unnest(ML_PREDICT(toy, image)) AS detection FROM coco_1k) ORDER BY entropy DESC, image_id LIMIT 1000`,
    ],
    [
      `SELECT coco_name(first_class) as first_class, cnt FROM (SELECT detection.label_ids[0] as first_class, count(image_id) as cnt FROM (
         SELECT image_id, explode(ML_PREDICT(toy, image)) AS detection FROM coco_1k) GROUP BY first_class SORT BY cnt DESC) ORDER BY first_class`,
      `SELECT coco_name(first_class) as first_class, cnt FROM (SELECT detection.label_ids[1] as first_class, count(image_id) as cnt FROM (
         SELECT image_id, unnest(ML_PREDICT(toy, image)) AS detection FROM coco_1k) GROUP BY first_class) ORDER BY first_class`,
    ],
    [
      "SELECT d.label, count(*) AS n FROM coco_1k LATERAL VIEW explode(ML_PREDICT(toy, image)) t AS d WHERE d.label IN ('red', 'blue') GROUP BY d.label ORDER BY n, d.label",
      "SELECT d.label, count(*) AS n FROM (SELECT unnest(ML_PREDICT(toy, image)) AS d FROM coco_1k) WHERE d.label IN ('red', 'blue') GROUP BY d.label ORDER BY n, d.label",
    ],
  ])('%s', async (text, inDuckDb) => {
    const rows = await rowsOf(spark, text);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(await rowsOf(duckdb, inDuckDb));
  });

  it('predicts an image once, with LATERAL VIEW too', async () => {
    await spark.sql("CREATE OR REPLACE MODEL once OPTIONS (min_score=0.000001) USING 'toy.json'");
    const text = 'SELECT count(*) FROM coco_1k LATERAL VIEW explode(ML_PREDICT(once, image)) t AS d';
    expect(await countsOf(spark, text)).toEqual([6, 0, 0]);
    expect(await countsOf(spark, text)).toEqual([0, 6, 0]);
  });

  it('knows functions that are made later, models, and what it does not know', async () => {
    await spark.createFunction('twice', { parameters: ['INTEGER'], returns: 'INTEGER', call: (x: number) => 2 * x });
    expect(await rowsOf(spark, 'SELECT twice(21) AS x')).toEqual([{ x: 42 }]);
    expect(await rowsOf(spark, 'SHOW MODELS')).toHaveLength(2);
    expect(await errorOf(spark, 'SELECT nothing(1)')).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('the function nothing') as unknown,
    });
    expect(await errorOf(spark, 'SELECT ML_PREDICT(none, image) FROM coco_1k')).toMatchObject({
      code: 'query-invalid',
    });
  });

  it.each([
    [
      "SELECT 1;\nSELECT 'é😀',\n  d - e FROM (SELECT DATE '2024-01-02' AS d, DATE '2024-01-01' AS e)",
      'datediff(end, start) (line 3, column 3)',
    ],
    [
      'SELECT image_id, d.label FROM coco_1k, nowhere',
      'nowhere does not exist; see docs/sql-spark.md, or use the dialect duckdb (line 1, column 40)',
    ],
    ['SELECT image_id,\n  nothing FROM coco_1k', 'see docs/sql-spark.md, or use the dialect duckdb (line 2, column 3)'],
    ["SELECT image_id, 'd' AS nothing, image_id - array(1) FROM coco_1k", '(line 1, column 34)'],
    ['SELECT size(image_id), size(image) FROM coco_1k', 'size: No function matches'],
    [
      'SELECT 1;\n DROP TABLE nowhere',
      'nowhere does not exist; see docs/sql-spark.md, or use the dialect duckdb (line 2, column 13)',
    ],
    ['SELECT 1;\n SELECT 1 UNION SELECT 1, 2', '(line 2, column 2)'],
    [
      'SELECT CAST(x AS INT) FROM (SELECT 3000000000 + length(image_id) AS x FROM coco_1k)',
      'for which Spark gives another number (line 1, column 13)',
    ],
    [
      "SELECT ML_PREDICT(toy, image), concat('é', score) FROM (SELECT image, 0.5D AS score FROM coco_1k)",
      'string(x) (line 1, column 32)',
    ],
  ])('%s: what DuckDB does not take is an error with its place in the text of Spark', async (text, expected) => {
    const error = await rowsOf(spark, text).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'query-invalid', message: expect.stringMatching(/^spark: .*\)$/) as unknown });
    expect((error as Error).message).toContain(expected);
  });

  it('says where in the script something is wrong', async () => {
    const error = await spark.sql('SELECT 1;\n  SELECT x, nothing_such(1) FROM t').catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/nothing_such.*\(line 2, column 13\)$/);
  });
});
