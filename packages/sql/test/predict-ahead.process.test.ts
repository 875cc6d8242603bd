import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlSession } from '../src/index.ts';
import { countsOf, errorOf, rowsOf, toySession, writeToyFolder } from './toy-session.ts';

const images = 150;
const broken = ['020.png', '021.png', '149.png'];
const all = "SELECT image_id, ML_PREDICT(toy, image)[1] AS p FROM read_images('.')";
let folder: string;
let session: SqlSession;
let right: ReadonlyMap<unknown, unknown>;

beforeAll(async () => {
  folder = await writeToyFolder(images);
  for (const name of broken) await writeFile(join(folder, name), 'no picture');
  session = await toySession(folder);
  await nothingPredicted();
  // One image a statement has nothing that follows.
  const alone: [unknown, unknown][] = [];
  for (let at = 0; at < images; at++) {
    const name = `${String(at).padStart(3, '0')}.png`;
    const [row] = await rowsOf(session, 'SELECT ML_PREDICT(toy, $1)[1] AS p', [name]);
    alone.push([name, row!['p']]);
  }
  right = new Map(alone);
});

beforeEach(nothingPredicted);

afterAll(() => session.close());

let made = 0;

/** Another `min_score` is another model, and leaves out nothing here. */
async function nothingPredicted(): Promise<void> {
  const options = (score: number): string => `(batch_size = 3, num_workers = 2, min_score = ${score / 1e6})`;
  await session.sql(`CREATE OR REPLACE MODEL toy OPTIONS ${options(++made)} USING 'toy.json'`);
  await session.sql(`CREATE OR REPLACE MODEL other OPTIONS ${options(++made)} USING 'toy.json'`);
}

/** What each image alone gives, in the order of the rows. */
async function expectRight(text: string, column = 'p'): Promise<readonly string[]> {
  const rows = await rowsOf(session, text);
  expect(rows.map((row) => row[column])).toEqual(rows.map(({ image_id }) => right.get(image_id)));
  return rows.map(({ image_id }) => String(image_id));
}

describe('a query over a table of images', () => {
  it('gives each image its own rows, in the order of the table', async () => {
    expect(await expectRight(all)).toEqual([...right.keys()]);
  });

  it.each([
    ['part of each chunk', "image_id NOT LIKE '%7.png'"],
    ['whole chunks', "image_id < '016' OR image_id >= '048'"],
    ['all after the beginning', "image_id < '060'"],
    ['all but some at the end', "image_id NOT BETWEEN '120' AND '140'"],
  ])('where a filter leaves out %s', async (_, where) => {
    const kept = await expectRight(`${all} WHERE ${where}`);
    await nothingPredicted();
    const [predicted, cached, failed] = await countsOf(session, `${all} WHERE ${where}`);
    expect([predicted + failed, cached]).toEqual([kept.length, 0]);
  });

  it('with what is in the cache already left out', async () => {
    await countsOf(session, `${all} WHERE image_id > '040' AND image_id LIKE '%3.png'`);
    expect(await expectRight(all)).toHaveLength(images);
  });

  it('with two models, each of which is asked for all images', async () => {
    const text =
      "SELECT image_id, ML_PREDICT(toy, image)[1] AS p, ML_PREDICT(other, image)[1] AS q FROM read_images('.')";
    await expectRight(text);
    await nothingPredicted();
    await expectRight(text, 'q');
    await nothingPredicted();
    expect(await countsOf(session, text)).toEqual([2 * (images - broken.length), 0, 2 * broken.length]);
  });

  it('with one model on two columns of a join of the table with itself', async () => {
    const text = `SELECT a.image_id, ML_PREDICT(toy, a.image)[1] AS p, b.image_id AS other, ML_PREDICT(toy, b.image)[1] AS q
      FROM read_images('.') a JOIN read_images('.') b ON CAST(b.image_id[1:3] AS INT) = 149 - CAST(a.image_id[1:3] AS INT)`;
    const rows = await rowsOf(session, text);
    expect(rows).toHaveLength(images);
    expect(rows.map(({ p, q }) => [p, q])).toEqual(
      rows.map(({ image_id, other }) => [right.get(image_id), right.get(other)]),
    );
  });

  it('with a PIVOT over predictions', async () => {
    const text = `PIVOT (SELECT 1 AS one, coalesce(p.label, 'none') AS label FROM (${all})) ON label USING count(*) GROUP BY one`;
    const [row] = await rowsOf(session, text);
    const labels = [...right.values()].map((p) => (p as { label: string } | null)?.label ?? 'none');
    const counts = Object.fromEntries(
      [...new Set(labels)].map((label) => [label, labels.filter((l) => l === label).length]),
    );
    expect(row).toEqual({ one: 1, ...counts });
  });

  it('asks for no more than the first 16 images where few rows are wanted', async () => {
    const text = "SELECT image_id, unnest(ML_PREDICT(toy, image)) FROM read_images('.') LIMIT 5";
    expect(await countsOf(session, text)).toEqual([16, 0, 0]);
  });
});

describe('images that fail', () => {
  it('are NULL in their places, and are counted once', async () => {
    const result = await session.sql(all);
    const failed = (await result.rows()).filter(({ p }) => p === null).map(({ image_id }) => image_id);
    expect(failed).toEqual(broken);
    expect(result.progress).toMatchObject({ predicted: images - broken.length, failed: broken.length });
  });

  it('are the error of a statement that fails on them, the first one by its name', async () => {
    const failing = session.sql(all, undefined, { onError: 'fail' }).then((result) => result.rows());
    await expect(failing).rejects.toMatchObject({ code: 'image-invalid' });
    await expect(failing).rejects.toThrow(/020\.png/);
    expect(await expectRight(all)).toHaveLength(images);
  });

  it('are not an error where the statement does not ask for them', async () => {
    const text = `${all} WHERE image_id NOT IN (${broken.map((name) => `'${name}'`).join()})`;
    const result = await session.sql(text, undefined, { onError: 'fail' });
    expect(await result.rows()).toHaveLength(images - broken.length);
  });
});

it('the end of an old result does not stop the statement that runs now', async () => {
  const old = (await session.sql(all))[Symbol.asyncIterator]();
  await old.next();
  await nothingPredicted();
  let isLeft = false;
  const onProgress = (): void => {
    if (!isLeft) void old.return!();
    isLeft = true;
  };
  const result = await session.sql(all, undefined, { onProgress });
  expect(await result.rows()).toHaveLength(images);
  expect(isLeft).toBe(true);
});

it('a signal that comes when its statement is over cancels no other', async () => {
  const cancel = new AbortController();
  await session.sql('CREATE OR REPLACE TABLE one AS SELECT 1 AS x', undefined, { signal: cancel.signal });
  const onProgress = (): void => {
    cancel.abort();
  };
  const result = await session.sql(all, undefined, { onProgress });
  expect(await result.rows()).toHaveLength(images);
  expect(cancel.signal.aborted).toBe(true);
});

it('what PREPARE bound is read anew by EXECUTE', async () => {
  await session.sql("PREPARE asked AS SELECT image_id, ML_PREDICT(toy, image)[1] AS p FROM read_images('.')");
  expect(await expectRight('EXECUTE asked')).toHaveLength(images);
  expect(await expectRight('EXECUTE asked')).toHaveLength(images);
});

it.each([
  ['NULL', 'NULL'],
  ['a text that cannot be a path', "'a' || chr(0) || '.png'"],
  ['a path that is too long', "repeat('a', 5000)"],
  ['an empty text', "''"],
  ['no bytes', "''::BLOB"],
  ['a struct without anything', "{'uri': NULL::VARCHAR, 'data': NULL::BLOB}"],
])('%s for an image gives NULL', async (_, image) => {
  expect(await rowsOf(session, `SELECT ML_PREDICT(toy, ${image}) AS p`)).toEqual([{ p: null }]);
});

it.each(["{'uri': 3}", "{'data': '000.png'}", "{'uri': '000.png', 'data': 7}"])(
  '%s is not an image, and the error says what is',
  async (image) => {
    const error = await errorOf(session, `SELECT ML_PREDICT(toy, ${image})`);
    expect(error).toMatchObject({ code: 'query-invalid' });
    expect(error.message).toMatch(/the image is STRUCT.*expected a path/);
  },
);

it.each(['EXPLAIN (FORMAT JSON, ANALYZE)', 'EXPLAIN (ANALYZE, FORMAT JSON)', '/* why */ explain analyze'])(
  '%s predicts, and says how many',
  async (explain) => {
    const told = (await rowsOf(session, `${explain} ${all}`)).at(-1)!;
    expect(told['explain_value']).toBe(`images predicted: ${images - broken.length}\nfrom the cache: 0\nfailed: 3`);
  },
);

it.each([
  ['FROM read_images([])', 'read_images: the list of paths is empty'],
  ['FROM read_coco(NULL)', 'read_coco: a path is null; expected a JSON file'],
  ["FROM read_images('')", 'read_images: a path is an empty text; expected a folder'],
])('%s says what is wrong', async (text, message) => {
  expect((await errorOf(session, text)).message).toContain(message);
});
