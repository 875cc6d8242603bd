import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { table } from 'arquero';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParquetSink, openFolder, readPredictions } from '@qualm/datasets';
import { loadModel, predictStream, predictTo, readModelSpec } from '@qualm/pipeline';
import { Image, QualmError } from '@qualm/types';
import type { ClassScores, HeadDefinition } from '@qualm/types';
import * as vision from '@qualm/vision';
import { createSqlSession } from '../src/index.ts';
import type { SqlSession } from '../src/index.ts';
import { backends, countsOf, errorOf, picture, rowsOf, toySession, writeToyFolder } from './toy-session.ts';

const images = 100;
let folder: string;
let session: SqlSession;

beforeAll(async () => {
  folder = await writeToyFolder(images);
  session = await toySession(folder);
  await session.sql("CREATE MODEL toy OPTIONS (batch_size = 4, num_workers = 2) USING 'toy.json'");
});

afterAll(() => session.close());

let made = 0;

/** The session with a model of which nothing is in the cache: another `min_score` is another model,
 * and leaves out nothing here.
 */
async function withSession<T>(use: (own: SqlSession) => Promise<T>): Promise<T> {
  await session.sql(`CREATE OR REPLACE MODEL toy OPTIONS (min_score = ${++made / 1e6}) USING 'toy.json'`);
  return use(session);
}

describe('ML_PREDICT', () => {
  it('gives for each image what the pipeline gives', async () => {
    const resolved = await readModelSpec(join(folder, 'toy.json'));
    const model = await loadModel(resolved, { backends, vision });
    const found = await rowsOf(session, "SELECT image_id, ML_PREDICT(toy, image) AS p FROM read_images('.')");
    expect(found).toHaveLength(images);
    let at = 0;
    for await (const { detections } of predictStream(
      found.map(({ image_id }) => join(folder, image_id as string)),
      model,
    )) {
      const rows = found[at++]!['p'] as unknown as { scores: Float32Array; label_ids: Int32Array }[];
      expect(rows.map(({ scores, label_ids }) => ({ scores, label_ids }))).toEqual(
        Array.from(detections!, ({ scores, label_ids }) => ({ scores, label_ids })),
      );
    }
    await model.dispose();
    expect(at).toBe(images);
  });

  it.each([
    ['a select list', 'SELECT len(ML_PREDICT(toy, image)) AS n FROM i'],
    ['unnest', 'SELECT unnest(ML_PREDICT(toy, image)).label AS n FROM i'],
    ['WHERE', "SELECT image_id AS n FROM i WHERE ML_PREDICT(toy, image)[1].label = 'red'"],
    [
      'a join',
      'SELECT a.image_id AS n FROM i a JOIN i b ON ML_PREDICT(toy, a.image)[1].label_ids[1] = ML_PREDICT(toy, b.image)[1].label_ids[1]',
    ],
    ['a CTE', 'WITH p AS (SELECT ML_PREDICT(toy, image) AS r FROM i) SELECT len(a.r) AS n FROM p a, p b'],
    ['a subquery', 'SELECT (SELECT max(s) FROM (SELECT unnest(ML_PREDICT(toy, image)[1].scores) AS s)) AS n FROM i'],
    ['a window', 'SELECT row_number() OVER (ORDER BY ML_PREDICT(toy, image)[1].scores[1]) AS n FROM i'],
    ['GROUP BY', 'SELECT ML_PREDICT(toy, image)[1].label AS n, count(*) FROM i GROUP BY 1'],
    ['ORDER BY', 'SELECT image_id AS n FROM i ORDER BY ML_PREDICT(toy, image)[1].scores[1] LIMIT 3'],
    [
      'a set operation',
      'SELECT len(ML_PREDICT(toy, image)) AS n FROM i UNION ALL SELECT len(ML_PREDICT(toy, image)) FROM i',
    ],
    [
      'a lateral join',
      'SELECT d.label AS n FROM i, LATERAL (SELECT unnest(ML_PREDICT(toy, i.image), recursive := true)) d',
    ],
  ])('predicts each image once in %s', async (_, text) => {
    const source = `WITH i AS MATERIALIZED (SELECT * FROM read_images('.', limit := 20)) `;
    const whole = text.startsWith('WITH ') ? source.trim() + ', ' + text.slice(5) : source + text;
    const plain = await withSession(async (own) => {
      expect((await countsOf(own, whole))[0]).toBe(20);
      expect((await countsOf(own, whole))[0]).toBe(0);
      return rowsOf(own, whole);
    });
    const stored = await withSession(async (own) => {
      await own.sql(
        "CREATE OR REPLACE TABLE i AS SELECT *, ML_PREDICT(toy, image) AS rows FROM read_images('.', limit := 20)",
      );
      return rowsOf(
        own,
        text.replaceAll(/ML_PREDICT\(toy, (?:(\w+)\.)?image\)/g, (_call, of?: string) => (of ? `${of}.rows` : 'rows')),
      );
    });
    const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(plain)).toEqual(sorted(stored));
  });

  it('predicts at most the first chunk of images where few rows are wanted', async () => {
    const [predicted] = await withSession((own) =>
      countsOf(own, "SELECT image_id, unnest(ML_PREDICT(toy, image)) FROM read_images('.') LIMIT 5"),
    );
    expect(predicted).toBeGreaterThanOrEqual(5);
    expect(predicted).toBeLessThanOrEqual(64);
  });

  it('is not run by EXPLAIN, and EXPLAIN ANALYZE tells what it did', async () => {
    await withSession(async (own) => {
      const text = "SELECT ML_PREDICT(toy, '000.png'), ML_PREDICT(toy, image) FROM read_images('.', limit := 10)";
      expect(await countsOf(own, `EXPLAIN ${text}`)).toEqual([0, 0, 0]);
      await countsOf(own, "SELECT ML_PREDICT(toy, image) FROM read_images('.', limit := 4)");
      const told = (await rowsOf(own, `EXPLAIN ANALYZE ${text}`)).at(-1)!;
      expect(told['explain_value']).toMatch(/^images predicted: 6\nfrom the cache: [5-9]\nfailed: 0$/);
    });
  });

  it('gives NULL for NULL and for images that fail, and says so', async () => {
    await writeFile(join(folder, 'broken.jpg'), 'no picture');
    const text = `SELECT ML_PREDICT(toy, i) AS p FROM (VALUES ('000.png'), (NULL), ('broken.jpg'), ('none.png'), ('none.png')) t(i)`;
    const result = await session.sql(text);
    const rows = await result.rows();
    expect(rows.map(({ p }) => p === null)).toEqual([false, true, true, true, true]);
    expect(result.progress.failed).toBe(3);
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toMatch(/^3 images failed and are NULL: .*broken\.jpg.*none\.png/);
    await expect(session.sql(text, undefined, { onError: 'fail' }).then((rest) => rest.rows())).rejects.toThrow(
      /^ML_PREDICT: .*broken\.jpg/,
    );
    expect(await errorOf(session, "SELECT ML_PREDICT(toy, 'none.png', on_error := 'fail')")).toMatchObject({
      code: 'image-missing',
    });
  });

  it('takes bytes and structs for images', async () => {
    await session.register(
      'pictures',
      table({ image: [Image.fromBytes(await picture(7)), Image.fromUri(join(folder, '007.png'))] }),
    );
    const [bytes, path] = await rowsOf(session, 'SELECT ML_PREDICT(toy, image)[1].scores AS s FROM pictures');
    expect(bytes).toEqual(path);
    const [blob] = await rowsOf(session, 'SELECT ML_PREDICT(toy, image.data)[1].scores AS s FROM pictures');
    expect(blob).toEqual(path);
  });

  it('takes options that only leave out: min_score, top_k', async () => {
    const [row] = await rowsOf(
      session,
      "SELECT len(ML_PREDICT(toy, '003.png', top_k := 1)[1].scores) AS one, len(ML_PREDICT(toy, '003.png', {'top_k': 2})[1].scores) AS two, len(ML_PREDICT(toy, '003.png', min_score := 1)) AS none",
    );
    expect(row).toEqual({ one: 1, two: 2, none: 0 });
  });
});

it('label_name says what a model calls a class', async () => {
  const text = "SELECT label_name('TOY', i) AS name FROM (VALUES (1), (3), (9), (NULL)) t(i)";
  expect((await rowsOf(session, text)).map(({ name }) => name)).toEqual(['red', 'blue', null, null]);
  const second =
    "SELECT label_name('toy', ML_PREDICT(toy, '003.png')[1].label_ids[1]) AS a, ML_PREDICT(toy, '003.png')[1].label AS b";
  const [row] = await rowsOf(session, second);
  expect(row!['a']).toBe(row!['b']);
  expect(await errorOf(session, "SELECT label_name('tow', 1)")).toMatchObject({ code: 'model-missing' });
});

describe('heads of your own', () => {
  const powers = (version: string, power: number): HeadDefinition => ({
    ...{ type: 'powers', version, defaults: null, schema: vision.heads['classifier']!.schema },
    createReader: (_, { numLabels }) => ({
      outputs: ['scores'],
      read(outputs, image) {
        const data = outputs['scores']!.data as Float32Array;
        const matrix = { data, offset: image * numLabels, numAnchors: numLabels, numClasses: 1 };
        const raw = {
          output: 'scores',
          matrix: { ...matrix, anchorStride: 1, classStride: 1 },
          wanted: 'scores' as const,
        };
        const own = data.slice(image * numLabels, (image + 1) * numLabels);
        return { scores: own.map((score) => score ** power), raw: [raw] };
      },
    }),
  });
  const create = "CREATE MODEL mine USING 'powers.json'";
  const best = "SELECT ML_PREDICT(mine, '003.png')[1].scores[1] AS score";

  beforeAll(async () => {
    const spec = JSON.parse(await readFile(join(folder, 'toy.json'), 'utf8')) as { head: object };
    await writeFile(join(folder, 'powers.json'), JSON.stringify({ ...spec, head: { ...spec.head, type: 'powers' } }));
  });

  it('read what a model gives, and tell what is in a cache apart', async () => {
    const [plain] = await rowsOf(session, "SELECT ML_PREDICT(toy, '003.png')[1].scores[1] AS score");
    for (const [version, power] of [
      ['1', 2],
      ['2', 3],
    ] as const) {
      const heads = { ...vision.heads, powers: powers(version, power) };
      const own = await toySession(folder, { heads, cache: { folder: join(folder, 'cache-of-heads') } });
      await own.sql(create);
      const result = await own.sql(best);
      const [row] = await result.rows();
      expect(row!['score']).toBeCloseTo((plain!['score'] as number) ** power, 6);
      expect(result.progress.predicted).toBe(1);
      await own.close();
    }
  });

  it('are named in the error where nobody gave them', async () =>
    expect(await errorOf(session, create)).toMatchObject({ message: expect.stringContaining('classifier') as string }));
});

describe('models', () => {
  it('say how to name the folder of their file, where it is not there', async () => {
    const spec = JSON.parse(await readFile(join(folder, 'toy.json'), 'utf8')) as object;
    await writeFile(join(folder, 'away.json'), JSON.stringify({ ...spec, files: { model: 'away.onnx' } }));
    const { message } = await errorOf(session, "CREATE MODEL away USING 'away.json'");
    expect(message).toMatch(/away\.onnx.* is not in .*give its folder as OPTIONS \(root = '...'\)/);
  });

  it('are shown, described, replaced and dropped', async () => {
    await withSession(async (own) => {
      await own.sql("create model if not exists TOY using 'nowhere.json'");
      await own.sql("CREATE OR REPLACE MODEL plain FLAVOR onnx OPTIONS (form = 'detections') USING 'toy.json'");
      const shown = await rowsOf(own, 'SHOW MODELS');
      expect(shown.map(({ name, flavor, model_type }) => [name, flavor, model_type])).toEqual([
        ['plain', 'onnx', 'classification, detections'],
        ['toy', 'onnx', 'classification, class_scores'],
      ]);
      const [facts] = await rowsOf(own, 'DESCRIBE MODEL plain');
      expect(facts).toMatchObject({ uri: join(folder, 'toy.json'), options: '{"form":"detections"}' });
      await own.sql('DROP MODEL plain; DROP MODEL IF EXISTS plain');
      expect((await errorOf(own, 'DESC MODEL plain')).message).toBe(
        'sql: there is no model "plain"; the models are: toy',
      );
    });
  });

  it('of a database are there when it is opened again, and so are views over them', async () => {
    const path = join(folder, 'models.duckdb');
    const first = await toySession(folder, { path });
    await first.sql(
      "CREATE MODEL toy USING 'toy.json'; CREATE VIEW seen AS SELECT ML_PREDICT(toy, '001.png')[1].label AS label",
    );
    const before = await rowsOf(first, 'FROM seen');
    await first.close();
    const again = await toySession('/', { path, readOnly: true });
    expect((await rowsOf(again, 'SHOW MODELS')).map(({ name }) => name)).toEqual(['toy']);
    const after = await rowsOf(again, `SELECT ML_PREDICT(toy, '${join(folder, '001.png')}')[1].label AS label`);
    expect(after).toEqual(before);
    expect((await errorOf(again, "CREATE MODEL other USING 'toy.json'")).message).toMatch(/toy\.json|read-only/);
    await again.close();
  });

  it('that gives other rows than when a view was made is an error that says so', async () => {
    await withSession(async (own) => {
      await own.sql("CREATE OR REPLACE VIEW seen AS SELECT ML_PREDICT(toy, '001.png') AS p");
      await own.sql("CREATE OR REPLACE MODEL toy OPTIONS (form = detections) USING 'toy.json'");
      expect((await errorOf(own, 'FROM seen')).message).toBe(
        'ML_PREDICT(toy, ...): the model gives detections now, and gave class_scores when this was written; write it again',
      );
      await own.sql('DROP MODEL toy');
      expect(await errorOf(own, 'FROM seen')).toMatchObject({ code: 'model-missing' });
    });
  });

  it('can be given as values', async () => {
    const resolved = await readModelSpec(join(folder, 'toy.json'));
    const own = await toySession(folder, { models: { given: resolved } });
    expect(await rowsOf(own, "SELECT len(ML_PREDICT(given, '001.png')) AS n")).toEqual([{ n: 1 }]);
    await own.close();
  });
});

describe('what was predicted', () => {
  it('is not predicted again by a later session with the same cache', async () => {
    const cache = { folder: join(folder, 'cache') };
    const text = "SELECT image_id, ML_PREDICT(toy, image) AS p FROM read_images('.', limit := 10)";
    const rows = [];
    for (const expected of [
      [10, 0, 0],
      [0, 10, 0],
    ]) {
      const own = await toySession(folder, { cache });
      await own.sql("CREATE MODEL toy USING 'toy.json'");
      expect(await countsOf(own, text)).toEqual(expected);
      rows.push(await rowsOf(own, text));
      await own.close();
    }
    expect(rows[1]).toEqual(rows[0]);
  });

  it('is predicted again when the file changes, and for another model', async () => {
    await withSession(async (own) => {
      const path = join(folder, 'changing.bmp.png');
      await writeFile(path, await picture(1));
      const text = `SELECT ML_PREDICT(toy, '${path}')`;
      expect(await countsOf(own, text)).toEqual([1, 0, 0]);
      expect(await countsOf(own, text)).toEqual([0, 1, 0]);
      await writeFile(path, await picture(20));
      expect(await countsOf(own, text)).toEqual([1, 0, 0]);
      await own.sql("CREATE OR REPLACE MODEL toy OPTIONS (top_k = 1) USING 'toy.json'");
      expect(await countsOf(own, text)).toEqual([1, 0, 0]);
    });
  });

  it('stays within the bytes of the cache', async () => {
    const own = await toySession(folder, { cache: { maxBytes: 1000 } });
    await own.sql("CREATE MODEL toy USING 'toy.json'");
    const text = "SELECT ML_PREDICT(toy, image) AS p FROM read_images('.', limit := 20)";
    await countsOf(own, text);
    const [predicted, cached] = await countsOf(own, text);
    expect(predicted).toBeGreaterThan(10);
    expect(predicted + cached).toBe(20);
    await own.close();
  });
});

describe('read_predictions', () => {
  it('gives what a run has stored, and names a shard that is missing', async () => {
    const resolved = await readModelSpec(join(folder, 'toy.json'));
    const model = await loadModel(resolved, { backends, vision });
    const out = join(folder, 'stored [1]');
    const { form, labels, scoreKind, task, minScore } = model;
    const set = { form, labels, scoreKind, task, minScore, fingerprint: 'toy', rowsPerShard: 4 };
    const sink = await createParquetSink(out, set);
    const source = await openFolder(folder, { limit: 10 });
    await predictTo(source, model, sink);
    await model.dispose();
    const text = "SELECT image_id, detections FROM read_predictions('stored [1]')";
    const found = await rowsOf(session, text);
    const { columns } = await readPredictions(out);
    expect(found.map(({ image_id }) => image_id)).toEqual([...columns.image_id]);
    const scores = found.map(({ detections }) => (detections as unknown as { scores: number[] }[])[0]!.scores);
    expect(scores).toEqual(Array.from(columns.detections as Iterable<ClassScores>, (rows) => rows.at(0)!.scores));
    await rm(join(out, 'part-00001.parquet'));
    expect(await errorOf(session, text)).toMatchObject({ code: 'dataset-invalid' });
    expect((await errorOf(session, text)).message).toContain('part-00001.parquet');
    expect((await errorOf(session, "FROM read_predictions('nowhere')")).message).toContain('nowhere');
  });
});

describe('statements', () => {
  it('take parameters by place and by name', async () => {
    const [row] = await rowsOf(session, 'SELECT $1 + 1 AS a, $2 AS b, $3[2] AS c, $4.x AS d', [
      41,
      'é',
      [1, 2.5],
      { x: true },
    ]);
    expect(row).toEqual({ a: 42, b: 'é', c: 2.5, d: true });
    const byName = await session.sql('SELECT ML_PREDICT(toy, $image)[1].label IS NOT NULL AS found', {
      image: '000.png',
    });
    expect(await byName.rows()).toEqual([{ found: true }]);
  });

  it('give values as JavaScript has them', async () => {
    const [row] = await rowsOf(
      session,
      "SELECT 7::BIGINT AS a, 9007199254740993 AS b, [1.5, NULL]::DOUBLE[] AS c, [[1], []]::INTEGER[][] AS d, {x: NULL, y: 'z'} AS e, TIMESTAMP '2026-11-28' AS f, '\\x01'::BLOB AS g, NULL AS h",
    );
    expect(row).toEqual({
      ...{ a: 7, b: 9007199254740993n, c: [1.5, null], d: [Int32Array.of(1), Int32Array.of()] },
      ...{ e: { x: null, y: 'z' }, f: new Date('2026-11-28T00:00:00Z'), g: Uint8Array.of(1), h: null },
    });
  });

  it('in a row are all run, and the rows are those of the last', async () => {
    const rows = await rowsOf(
      session,
      "CREATE OR REPLACE TABLE t AS SELECT 'a;b' AS x; INSERT INTO t VALUES ('c'); /* ; */ SELECT x FROM t; ",
    );
    expect(rows).toEqual([{ x: 'a;b' }, { x: 'c' }]);
    expect((await session.sql("UPDATE t SET x = 'd'")).changed).toBe(2);
  });

  it('give a table of Arquero that comes back as it was', async () => {
    const before = await (
      await session.sql("SELECT image_id, unnest(ML_PREDICT(toy, image)) AS d FROM read_images('.', limit := 9)")
    ).toTable();
    await session.register('again', before);
    const after = await (await session.sql('FROM again')).toTable();
    expect(after.objects()).toEqual(before.objects());
    const arrow = await (await session.sql('SELECT i FROM range(3) t(i)')).toArrow();
    expect(arrow.byteLength).toBeGreaterThan(100);
  });

  it('whose rows were not read when another began say so', async () => {
    const first = await session.sql('SELECT * FROM range(100000)');
    await session.sql('SELECT 1');
    await expect(first.rows()).rejects.toThrow(/the rows of this statement are gone, since another began/);
    const second = await session.sql('SELECT 1 AS one');
    await second.rows();
    await expect(second.rows()).rejects.toThrow(/read before/);
  });

  it('can be left early', async () => {
    const result = await session.sql('SELECT * FROM range(1000000)');
    for await (const batch of result) {
      expect(batch.value(0, 0)).toBe(0);
      break;
    }
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('that fail half-way leave nothing behind', async () => {
    await session.createFunction('fails_late', {
      ...{ parameters: ['BIGINT'], returns: 'BIGINT' },
      call: (x: number) => {
        if (x === 5000) throw new Error('enough');
        return x;
      },
    });
    await session.sql('CREATE OR REPLACE TABLE half (x BIGINT)');
    const insert = 'INSERT INTO half SELECT fails_late(range) FROM range(6000)';
    expect((await errorOf(session, insert)).message).toBe('fails_late(5000): enough');
    expect(await rowsOf(session, 'SELECT count(*) AS n FROM half')).toEqual([{ n: 0 }]);
    expect((await errorOf(session, `SELECT 1; ${insert}; SELECT 2`)).message).toBe('fails_late(5000): enough');
  });

  it('copy images, and never over other ones', async () => {
    const text = "SELECT image_copy(image, 'chosen/').uri AS uri FROM read_images('.', limit := 2)";
    await rowsOf(session, `EXPLAIN ${text}`);
    expect(existsSync(join(folder, 'chosen'))).toBe(false);
    const expected = [{ uri: join(folder, 'chosen', '000.png') }, { uri: join(folder, 'chosen', '001.png') }];
    expect(await rowsOf(session, text)).toEqual(expected);
    expect(await rowsOf(session, text)).toEqual(expected);
    expect(await readFile(expected[1]!.uri)).toEqual(await picture(1));
    const [bytes] = await rowsOf(session, `SELECT image_copy($1::BLOB, 'chosen/b.png').uri AS uri`, [await picture(2)]);
    expect(await readFile(String(bytes!['uri']))).toEqual(await picture(2));
    for (const [image, path, code, message] of [
      ["'001.png'", 'chosen/000.png', 'io', '000.png" exists, with other bytes'],
      ["'none.png'", 'chosen/x.png', 'io', 'no such file'],
      ["'https://host/a.png'", 'chosen/x.png', 'unsupported', 'is not a file of this machine'],
      ["'a'::BLOB", 'chosen/', 'query-invalid', 'bytes have no name'],
    ] as const) {
      const error = await errorOf(session, `SELECT image_copy(${image}, '${path}')`);
      expect(error).toMatchObject({ code, message: expect.stringContaining(message) as string });
    }
  });

  it('are cancelled while a model runs, and the session goes on', async () => {
    await withSession(async (own) => {
      const cancel = new AbortController();
      const options = {
        signal: cancel.signal,
        onProgress: () => {
          cancel.abort();
        },
      };
      const text = "SELECT ML_PREDICT(toy, image) FROM read_images('.')";
      const reading = own.sql(text, undefined, options).then((result) => result.rows());
      await expect(reading).rejects.toMatchObject({ code: 'aborted' });
      expect(await rowsOf(own, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      const late = own.sql('SELECT 1', undefined, { signal: AbortSignal.abort() });
      await expect(late).rejects.toMatchObject({ code: 'aborted' });
    });
  });

  it('are cancelled while DuckDB computes', async () => {
    const cancel = new AbortController();
    setTimeout(() => {
      cancel.abort();
    }, 50);
    const text = 'SELECT max(a.range * b.range) FROM range(1000000) a, range(1000000) b';
    const reading = session.sql(text, undefined, { signal: cancel.signal }).then((result) => result.rows());
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
    expect(await rowsOf(session, 'SELECT 2 AS two')).toEqual([{ two: 2 }]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15])(
    'are cancelled %d ms after they were asked for',
    async (delay) => {
      const cancel = new AbortController();
      setTimeout(() => {
        cancel.abort();
      }, delay);
      const text = 'SELECT max(a.range * b.range) FROM range(1000000) a, range(1000000) b';
      const reading = session.sql(text, undefined, { signal: cancel.signal }).then((result) => result.rows());
      await expect(reading).rejects.toMatchObject({ code: 'aborted' });
      expect(await rowsOf(session, 'SELECT 3 AS three')).toEqual([{ three: 3 }]);
    },
  );
});

describe('functions of TypeScript', () => {
  it('are called by name, with NULL for NULL', async () => {
    await session.createFunction('coco_name', {
      parameters: ['INTEGER'],
      returns: 'VARCHAR',
      call: (id: number) => `class ${id}`,
    });
    await session.createFunction('lists', {
      parameters: ['FLOAT[]', 'VARCHAR'],
      returns: 'STRUCT(n INTEGER, s VARCHAR)',
      call: (list: number[], s: string) => ({ n: list.length, s }),
    });
    expect(
      await rowsOf(
        session,
        "SELECT coco_name(i) AS a, lists([1, 2]::FLOAT[], 'x') AS b FROM (VALUES (1), (NULL)) t(i)",
      ),
    ).toEqual([
      { a: 'class 1', b: { n: 2, s: 'x' } },
      { a: null, b: { n: 2, s: 'x' } },
    ]);
  });

  it('that are async are refused, and so are those that give promises or throw, with the values', async () => {
    const asynchronous = { parameters: ['INTEGER'], returns: 'INTEGER', call: async (x: number) => Promise.resolve(x) };
    await expect(session.createFunction('later', asynchronous as never)).rejects.toThrow(RangeError);
    await session.createFunction('promises', {
      parameters: ['INTEGER'],
      returns: 'INTEGER',
      call: (x: number) => Promise.resolve(x) as never,
    });
    expect((await errorOf(session, 'SELECT promises(3)')).message).toContain('promises(3): it returned a promise');
    await session.createFunction('throws', {
      parameters: ['INTEGER'],
      returns: 'INTEGER',
      call: () => {
        throw new Error('boom');
      },
    });
    expect(await errorOf(session, 'SELECT throws(4)')).toMatchObject({
      code: 'query-failed',
      message: 'throws(4): boom',
    });
    await session.createFunction('wrong', { parameters: ['INTEGER'], returns: 'INTEGER', call: () => 'text' });
    expect((await errorOf(session, 'SELECT wrong(4)')).message).toMatch(
      /^wrong: its result is not of the type INTEGER/,
    );
    await expect(session.createFunction('x; DROP TABLE t', asynchronous as never)).rejects.toThrow(/the name is/);
    await expect(
      session.createFunction('nope', { parameters: ['NOTYPE'], returns: 'INTEGER', call: () => 1 }),
    ).rejects.toMatchObject({ code: 'query-invalid' });
  });
});

describe('what is wrong', () => {
  it.each([
    ['SELECT ML_PREDICT(tow, image) FROM t', 'there is no model "tow"; the models are: toy (line 1, column 19)'],
    ['SELECT\n  ML_PREDICT(toy)', 'ML_PREDICT: expected (toy, image), an image is missing (line 2, column 3)'],
    ['SELECT ML_PREDICT(?, x)', 'ML_PREDICT: expected the name of a model, came ? (line 1, column 19)'],
    ['SELECT ML_PREDICT(toy, 12)', 'the image is INTEGER; expected a path'],
    [
      "SELECT ML_PREDICT(toy, '000.png', size := 3)",
      'there is no option "size" in a call; the options are min_score, top_k, on_error',
    ],
    ["SELECT ML_PREDICT(toy, '000.png', min_score := 2)", 'the option "min_score" is 2; expected a number from 0 to 1'],
    ["SELECT ML_PREDICT(toy, '000.png', 3)", 'the options are 3; expected'],
    ['SELECT é,\n x FROM (SELECT 1 AS é)', 'Referenced column "x" not found'],
    ['SELECT nothing(1)', 'Scalar Function with name nothing does not exist'],
    ['SELECT ML_PREDICT(toy, image) FROM nowhere', 'Table with name nowhere does not exist'],
    ['SELEC 1; SELECT 2', 'syntax error at or near "SELEC"'],
    ["SELECT 'x", 'unterminated'],
    ['CREATE MODEL', 'expected the name of a model, the statement ends'],
    ["CREATE OR REPLACE MODEL IF NOT EXISTS m USING 'toy.json'", 'exclude each other'],
    ["CREATE MODEL toy USING 'toy.json'", 'there is a model "toy" already'],
    ["CREATE MODEL m OPTIONS (size = 3) USING 'toy.json'", 'there is no option "size"; the options are batch_size'],
    [
      "CREATE MODEL m OPTIONS (top_k = 0) USING 'toy.json'",
      'the option "top_k" is "0"; expected a whole number from 1',
    ],
    ["CREATE MODEL m OPTIONS (top_k = 1, top_k = 2) USING 'toy.json'", 'the option "top_k" appears twice'],
    ['CREATE MODEL m USING toy', 'expected a text in single quotes, came toy'],
    ["CREATE MODEL m USING 'toy.json' now", 'expected the end of the statement, came now'],
    ["CREATE MODEL m USING 'none.json'", 'none.json'],
    ["CREATE MODEL m USING 'ftp:/x'", 'no registry resolves "ftp:/x"; the registries of the session are: none'],
    ["CREATE MODEL m FLAVOR tfjs USING 'toy.json'", 'has the flavor onnx, and FLAVOR says tfjs'],
    ["SELECT * FROM read_images('nowhere')", 'read_images: "nowhere" is not there'],
    ["SELECT * FROM read_images('*.gif')", 'there is no image in *.gif'],
    ["SELECT * FROM read_images('.', limit := -1)", 'limit is -1; expected a whole number'],
    ["SELECT * FROM read_images('.', depth := 1)", 'depth'],
    ["SELECT * FROM read_coco('toy.json')", 'toy.json'],
  ])('%s', async (text, message) => {
    const error = await errorOf(session, text);
    expect(QualmError.is(error), String(error)).toBe(true);
    expect(error.message).toContain(message);
  });

  it('the place is the one in the text as it was written', async () => {
    const text =
      "SELECT ML_PREDICT(toy, '000.png', min_score := 0.5), ML_PREDICT(toy, '000.png'),\n  'é😀', missing FROM (SELECT 1)";
    expect((await errorOf(session, text)).message).toMatch(/"missing" not found[^]*\(line 2, column 9\)$/);
  });

  it('a name is only a name: quotes, statements and paths in it reach nothing', async () => {
    const name = `x'); DROP TABLE t; --"`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await session.sql(`CREATE OR REPLACE MODEL ${quoted} USING 'toy.json'`);
    expect(await rowsOf(session, `SELECT len(ML_PREDICT(${quoted}, '000.png')) AS n`)).toEqual([{ n: 1 }]);
    await session.sql(`DROP MODEL ${quoted}`);
    expect((await errorOf(session, "SELECT ML_PREDICT(toy, '000.png', {'min_score': '0 OR 1=1'})")).message).toContain(
      'expected a number',
    );
  });

  it('a session that is closed, or cannot open its database, says so', async () => {
    const own = await createSqlSession();
    await own.close();
    await own.close();
    await expect(own.sql('SELECT 1')).rejects.toThrow('sql: the session is closed; open another');
    await writeFile(join(folder, 'none.db'), 'x'.repeat(20000));
    await expect(createSqlSession({ path: join(folder, 'none.db') })).rejects.toMatchObject({ code: 'io' });
    await expect(createSqlSession({ path: join(folder, 'none.duckdb'), readOnly: true })).rejects.toMatchObject({
      code: 'io',
    });
    await expect(createSqlSession({ dialect: 'oracle' as never })).rejects.toThrow(RangeError);
    const session = await createSqlSession();
    await expect(session.sql('SELECT 1', undefined, { dialect: 'oracle' as never })).rejects.toThrow(RangeError);
    await session.close();
    await expect(createSqlSession('path' as never)).rejects.toThrow(RangeError);
  });

  it('without vision a model cannot be made, and all else can', async () => {
    const own = await createSqlSession({ cwd: folder });
    expect(await rowsOf(own, "SELECT count(*) AS n FROM read_images('0*.png')")).toEqual([{ n: 100 }]);
    expect((await errorOf(own, "CREATE MODEL m USING 'toy.json'")).message).toContain('the session has no vision');
    await own.close();
  });
});
