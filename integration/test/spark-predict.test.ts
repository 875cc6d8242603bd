import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEntropy,
  createGini,
  createLeastConfidence,
  entropy,
  gini,
  leastConfidence,
  margin,
  perLabel,
  presence,
  ratio,
} from '@qualm/strategies';
import { connect, createSpark, sparkStrategyNames, strategyExpression } from '@qualm/spark';
import type { PredictOptions, Spark, SparkSession, SparkStrategyName } from '@qualm/spark';
import { createRandom } from '@qualm/strategies';
import type { QualmError, Strategy } from '@qualm/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../src/repository.ts';
import { startSpark } from '../src/spark.ts';
import type { SparkServer } from '../src/spark.ts';

let folder: string;
let server: SparkServer;
let session: SparkSession;
let spark: Spark;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-spark-predict-'));
  server = await startSpark(join(folder, 'spark'), { master: 'local[2]' });
  session = await connect(server.address);
  spark = withFault('');
  await view('photos', "SELECT id AS image_id, concat('p/', id, '.jpg') AS image FROM range(40)");
});

afterAll(async () => {
  await session?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

function withFault(args: string): Spark {
  const command = `${process.execPath} ${join(root, 'integration/src/line-worker.mjs')} ${args}`;
  return createSpark(session, { worker: { command }, models: { m: { spec: 'spec.json' } } });
}

async function view(name: string, query: string): Promise<void> {
  await session.sql(`CREATE OR REPLACE TEMPORARY VIEW ${name} AS ${query}`);
}

async function rows(query: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await session.sql(query)).rows();
}

/** The tables that there are: what a run leaves behind is among them. */
async function tables(): Promise<readonly unknown[]> {
  return (await rows('SHOW TABLES')).filter(({ isTemporary }) => !isTemporary).map(({ tableName }) => tableName);
}

const options = { from: 'photos', model: 'm', imagesPerPartition: 20 };

async function failure(
  run: Spark,
  more: Omit<PredictOptions, 'from' | 'model'> & Partial<PredictOptions>,
): Promise<QualmError> {
  return run.predict({ ...options, ...more }).then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error as QualmError,
  );
}

it('examine finds nothing to mend but that there is one executor', async () => {
  const { isFine, checks } = await spark.examine();
  expect(isFine).toBe(true);
  const names = ['spark', 'cat', 'hosts', 'system', 'memory', 'worker', 'fingerprints'];
  expect(checks.map(({ name }) => name)).toEqual(names);
  expect(checks.find(({ name }) => name === 'worker')!.found).toMatch(/^qualm 0 in Node v\d+.* ran in 4 tasks$/);
});

it('examine says what is wrong with a worker, and what to do', async () => {
  const { isFine, checks } = await createSpark(session, { worker: { archive: 'qualm-1a2b' } }).examine();
  expect([isFine, checks.at(-1)]).toEqual([
    false,
    expect.objectContaining({
      name: 'worker',
      status: 'failed',
      advice: expect.stringContaining('--archives') as string,
    }),
  ]);
});

describe('predict makes a table that is whole', () => {
  it('of one row an image', async () => {
    const seen: string[] = [];
    const made = await spark.predict({ ...options, into: 'whole', onProgress: ({ phase }) => seen.push(phase) });
    expect(made).toEqual({ table: 'whole', images: 40, failed: 0, boxes: 80, partitions: 2, worker: 'w1' });
    expect([...new Set(seen)]).toEqual(['checking', 'predicting', 'proving']);
    const [first] = await rows('SELECT * FROM whole WHERE image_id = 3');
    expect(first).toMatchObject({ image: 'p/3.jpg', width: 10, height: 10, error: null });
    expect((first!['detections'] as readonly unknown[])[0]).toMatchObject({ box: { xmin: 1, ymax: Math.fround(0.1) } });
    expect(await rows('SELECT count(DISTINCT image_id) AS n FROM whole')).toEqual([{ n: 40 }]);
  });

  it('of one row a box', async () => {
    await spark.predict({ ...options, into: 'flat', rows: 'boxes', form: 'detections' });
    const columns = (await session.sql('SELECT * FROM flat')).columns.map(({ name }) => name);
    expect(columns).toEqual(['image_id', 'image', 'width', 'height', 'box_index', 'box', 'score', 'label_id']);
    expect(await rows('SELECT count(*) AS n FROM flat')).toEqual([{ n: 80 }]);
  });

  it('of no images', async () => {
    await view('none', 'SELECT * FROM photos WHERE false');
    expect(await spark.predict({ ...options, from: 'none', into: 'nothing' })).toMatchObject({ images: 0, boxes: 0 });
  });

  it('with images that failed as rows with an error', async () => {
    expect(await withFault('--fault failing').predict({ ...options, into: 'failing' })).toMatchObject({ failed: 4 });
    expect(await rows('SELECT error.message AS m FROM failing WHERE image_id = 7')).toEqual([{ m: 'no p/7.jpg' }]);
  });

  it.each([
    ['text', "concat('é\\'\"\\n', id)"],
    ['decimals', 'CAST(id / 4 AS DECIMAL(10, 3))'],
    ['dates', "date_add(DATE'2026-01-01', CAST(id AS INT))"],
    ['small numbers', 'CAST(id AS SMALLINT)'],
  ])('with ids that are %s, and names with quotes', async (name, expression) => {
    await view(
      "`it's ``them```",
      `SELECT ${expression} AS \`the "id"\`, concat('p/', id) AS \`an image\` FROM range(9)`,
    );
    const into = `ids_of_${name.replace(' ', '_')}`;
    await spark.predict({ ...options, from: "`it's ``them```", id: 'the "id"', image: 'an image', into });
    const joined = `SELECT count(*) AS n FROM \`it's \`\`them\`\`\` JOIN ${into} ON \`the "id"\` = image_id`;
    expect(await rows(joined)).toEqual([{ n: 9 }]);
  });

  it('with pictures in the table', async () => {
    await view('pictures', "SELECT id AS image_id, CAST(repeat('x', 100) AS BINARY) AS image FROM range(9)");
    await spark.predict({ ...options, from: 'pictures', into: 'of_pictures' });
    expect(await rows('SELECT count(*) AS n, count(image) AS named FROM of_pictures')).toEqual([{ n: 9, named: 0 }]);
  });
});

describe('predict refuses, before anything runs,', () => {
  it.each([
    [
      'ids that are doubled',
      'id % 3',
      "'a'",
      'dataset-invalid',
      '37 of 40 ids are there again in odd.image_id: "0", "1", "2"',
    ],
    ['ids that are NULL', 'IF(id < 2, NULL, id)', "'a'", 'dataset-invalid', '2 of 40 ids are NULL in odd.image_id'],
    [
      'images that are NULL',
      'id',
      "IF(id = 5, NULL, 'a')",
      'dataset-invalid',
      '1 of 40 images is NULL in odd.image: "5"',
    ],
    ['ids of another type', 'CAST(id AS DOUBLE)', "'a'", 'dataset-invalid', 'are double; expected text'],
    ['images of another type', 'id', 'array(id)', 'dataset-invalid', 'are array<bigint>; expected paths'],
  ])('%s', async (_, id, image, code, words) => {
    await view('odd', `SELECT ${id} AS image_id, ${image} AS image FROM range(40)`);
    const error = await failure(withFault('--fault hash'), { from: 'odd', into: 'not_made' });
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(words)]);
  });

  it('a table that exists', async () => {
    await session.sql('CREATE TABLE there AS SELECT 1 AS one');
    const error = await failure(withFault('--fault hash'), { into: 'there' });
    expect([error.code, error.message]).toEqual([
      'options-invalid',
      expect.stringContaining('there is a table there already'),
    ]);
  });

  it('a table or a column that is not there', async () => {
    expect((await failure(spark, { from: 'photoz', into: 'not_made' })).code).toBe('query-invalid');
    expect((await failure(spark, { id: 'name', into: 'not_made' })).code).toBe('query-invalid');
  });
});

describe('a worker that does wrong leaves no table, and the message says what', () => {
  it.each([
    ['half', 'incomplete', /^predict: 30 of 40 images have no answer: ("\d+", ){4}"\d+" and 25 more; /],
    ['twice', 'incomplete', /^predict: 40 of 40 images have more than one answer: /],
    [
      'garbage',
      'output-invalid',
      /^predict: 2 lines of workers are not what this worker writes: "hello there" and 1 more; /,
    ],
    ['empty', 'output-invalid', /^predict: 2 lines of workers .*; 2 of 40 images have no answer: /],
    ['braces', 'output-invalid', /not what this worker writes: "{}"/],
    ['version', 'output-invalid', /not what this worker writes: "{\\"v\\":2,/],
    ['other', 'output-invalid', /not what this worker writes: .*\\"w2\\"/],
    ['behind', 'output-invalid', /^predict: 2 lines of workers are not/],
    ['type', 'output-invalid', /\\"width\\":\\"ten\\"/],
    ['without', 'output-invalid', /^predict: 2 lines of workers are not/],
    ['nan', 'output-invalid', /^predict: 2 lines of workers are not/],
    ['swapped', 'incomplete', /^predict: 2 answers are of another image than was asked for/],
    ['stranger', 'incomplete', /answers? (is|are) of images that were not asked for: "1000"/],
    ['hash', 'predict-failed', /ended with status 1: qualm-worker: the model is 1a2b, expected 3c4d/],
    ['killed', 'predict-failed', /status 137.*raise spark\.executor\.memoryOverhead by 300 MB/],
    ['dumb', 'output-invalid', /the worker says "" of itself, in 0 lines/],
    ['old', 'unsupported', /answers of version 2/],
  ])('%s', async (fault, code, words) => {
    const before = await tables();
    const error = await failure(withFault(`--fault ${fault}`), { into: 'not_made' });
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(words)]);
    expect(await tables()).toEqual(before);
  });

  it('or is not there', async () => {
    const none = createSpark(session, { worker: { archive: 'qualm-1a2b' } });
    const error = await failure(none, { model: { spec: 'spec.json' }, into: 'not_made' });
    expect(error.message).toMatch(/status 127: qualm: the archive qualm-1a2b is not there on \S+, in \//);
  });
});

it('of two runs into one table one makes it, and the other says so', async () => {
  const results = await Promise.allSettled(
    [1, 2].map(() => withFault('--wait 20').predict({ ...options, into: 'contested' })),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { reason } = results.find((result) => result.status === 'rejected')!;
  expect((reason as QualmError).message).toContain('there is a table contested already');
  expect(await rows('SELECT count(*) AS n FROM contested')).toEqual([{ n: 40 }]);
  expect(await tables()).not.toContainEqual(expect.stringMatching(/^qualm_run/));
});

describe('strategies as expressions are those of TypeScript', () => {
  const strategies: Readonly<Record<SparkStrategyName, Strategy>> = {
    ...{ least_confidence: leastConfidence, margin, ratio, entropy, gini, presence },
    label_entropy: perLabel(entropy, { combine: 'sum' }),
    label_margin: perLabel(margin, { combine: 'least-sure' }),
    normalized_least_confidence: createLeastConfidence({ normalized: true }),
    normalized_entropy: createEntropy({ normalized: true }),
    normalized_gini: createGini({ normalized: true }),
  };
  const random = createRandom(7);
  const randomRow = (length: number): number[] => Array.from({ length }, () => random() ** 4);
  const scores = [
    ...[[], [0], [1], [0.3], [0, 0, 0], [0.5, 0.5], [0.2, 0.2, 0.2], [1, 0], [1, 1], [0.9999999, 1e-7], [1e-30, 1e-30]],
    ...[[NaN, 0.5], [NaN], [-0.5, 0.25], [0, -1], [1.5, 0.25], [Infinity, 1]],
    ...Array.from({ length: 200 }, (_, row) => randomRow(1 + (row % 90))),
  ];
  /** What softmax makes of them. */
  const distributions = scores.slice(17).map((row) => {
    const sum = row.reduce((total, score) => total + score, 0);
    return row.map((score) => score / sum);
  });
  let found: readonly Readonly<Record<string, unknown>>[];
  const all = [...scores, ...distributions].map((row) => Float32Array.from(row));

  beforeAll(async () => {
    const lines = all.map(
      (row) => `[${Array.from(row, (score) => (Number.isFinite(score) ? score : `"${score}"`)).join(',')}]`,
    );
    const columns = sparkStrategyNames.map((name) => `${strategyExpression(name, 's')} AS ${name}`).join(', ');
    const parsed = "from_json(line, 'ARRAY<FLOAT>') AS s";
    const text = `SELECT ${columns} FROM (SELECT at, ${parsed} FROM (SELECT posexplode(split(:lines, '\\n')) AS (at, line))) ORDER BY at`;
    found = await (await session.sql(text, { parameters: { lines: lines.join('\n') } })).rows();
  });

  it.each(sparkStrategyNames)('%s', (name) => {
    expect(found).toHaveLength(all.length);
    const expected = all.map((row) => strategies[name].score(row));
    const different = found.flatMap((row, at) => {
      const value = row[name] as number;
      const isSame = Object.is(value, expected[at]!) || Math.abs(value - expected[at]!) <= 1e-6;
      return isSame ? [] : [`${Array.from(all[at]!).join(' ')}: ${value}, expected ${expected[at]}`];
    });
    expect(different).toEqual([]);
  });

  it('rank(table) is the order of TypeScript, ties by the id', async () => {
    const ranked = (await spark.rank({ table: 'whole', strategy: 'entropy', limit: 50 })).objects() as {
      image_id: number;
      entropy: number;
    }[];
    const stored = (await rows('SELECT image_id, detections FROM whole')) as {
      image_id: number;
      detections: { scores: Float32Array }[];
    }[];
    const boxes = stored
      .flatMap(({ image_id, detections }) =>
        detections.map((box) => ({ image_id: Number(image_id), entropy: entropy(box.scores) })),
      )
      .sort((a, b) => b.entropy - a.entropy || a.image_id - b.image_id);
    expect(ranked.map((row) => Number(row.image_id))).toEqual(boxes.slice(0, 50).map((row) => row.image_id));
  });

  it.each([
    ['leastSure', (a: number) => a],
    ['mean', (a: number) => a],
    ['sum', (a: number) => 2 * a],
    [{ topKMean: 3 }, (a: number) => a],
  ] as const)('rank(table) of images by %j', async (aggregate, ofTwo) => {
    const [first] = (await spark.rank({ table: 'whole', strategy: 'margin', aggregate, limit: 1 })).objects() as Record<
      string,
      number
    >[];
    const [box] = (await spark.rank({ table: 'whole', strategy: 'margin', limit: 1 })).objects() as Record<
      string,
      number
    >[];
    expect(first).toMatchObject({ image_id: box!['image_id'], boxes: 2 });
    expect(first!['margin']).toBeCloseTo(ofTwo(box!['margin']!), 9);
  });

  it('rank(table) by what the worker measured', async () => {
    const ranked = await spark.rank({ table: 'whole', measure: 'seed', order: 'ascending', limit: 3 });
    const seeds = ranked.objects().map((row) => (row as { seed: number }).seed);
    expect(seeds).toEqual([...seeds].sort((a, b) => a - b));
  });

  it('rank(table) refuses a strategy that needs the classes that topK left out', async () => {
    await spark.predict({ ...options, into: 'best_classes', topK: 2 });
    await expect(spark.rank({ table: 'best_classes', strategy: 'entropy' })).rejects.toThrow('has the 2 best classes');
    expect((await spark.rank({ table: 'best_classes', strategy: 'margin', limit: 1 })).numRows()).toBe(1);
  });

  it('rank(table) refuses a table of something else', async () => {
    await session.sql('CREATE TABLE other AS SELECT 1 AS one');
    await expect(spark.rank({ table: 'other', strategy: 'margin' })).rejects.toThrow('has no column detections');
  });
});
