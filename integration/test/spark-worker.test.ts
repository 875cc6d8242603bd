import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cocoName } from '../../examples/coco-name.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { openFolder } from '@qualm/datasets';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import { connect, createSpark } from '@qualm/spark';
import type { Spark } from '@qualm/spark';
import { createSqlSession } from '@qualm/sql';
import { entropy } from '@qualm/strategies';
import type { ClassScores } from '@qualm/types';
import * as vision from '@qualm/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRow } from '../src/compare-answers.ts';
import { orderings } from '../src/orderings.ts';
import { detectorFolder, workerProgram } from '../src/real-worker.ts';
import { questions, samplingStatements } from '../src/sampling-statements.ts';
import type { Question } from '../src/sampling-statements.ts';
import { startSpark } from '../src/spark.ts';
import type { SparkServer } from '../src/spark.ts';
import { answerRow, sqlAnswers } from '../src/sql-answers.ts';
import type { SqlAnswer } from '../src/sql-answers.ts';

let folder: string;
let photographs: string;
let spec: string;
let server: SparkServer;
let spark: Spark;
const backends = { onnx: createOnnxBackend({ device: 'cpu' }) };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-spark-worker-'));
  photographs = await demoPhotographs(() => undefined);
  spec = await detectorFolder(join(folder, 'model'));
  server = await startSpark(join(folder, 'spark'), { master: 'local[2]' });
  spark = createSpark(await connect(server.address), { worker: { command: workerProgram } });
  spark.createModel('class_scores', { spec });
  const images = [...(await openFolder(photographs))];
  const rows = images.map(({ image_id, image }) => ({ image_id, image: image.uri }));
  await spark.session.sql(
    "CREATE TABLE coco_1k AS SELECT inline(from_json(:rows, 'ARRAY<STRUCT<image_id: STRING, image: STRING>>'))",
    { parameters: { rows: JSON.stringify(rows) } },
  );
});

afterAll(async () => {
  await spark?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface BoxRow {
  readonly box: Readonly<Record<'xmin' | 'ymin' | 'xmax' | 'ymax', number>>;
  readonly scores: ArrayLike<number>;
  readonly label_ids: ArrayLike<number>;
}

/** All numbers of the boxes of an image. */
function numbersOf(rows: Iterable<BoxRow>): number[][] {
  return Array.from(rows, ({ box, scores, label_ids: ids }) => [
    ...[box.xmin, box.ymin, box.xmax, box.ymax],
    ...Array.from(scores),
    ...Array.from(ids),
  ]);
}

describe('predict on Spark with the worker', () => {
  const inProcess = new Map<string, ClassScores>();

  beforeAll(async () => {
    const model = await loadModel(await readModelSpec(spec), { backends, vision });
    for await (const { image_id, detections } of predictStream(await openFolder(photographs), model))
      inProcess.set(String(image_id), detections as ClassScores);
    await model.dispose();
    const measures = ['entropy'];
    await spark.predict({ from: 'coco_1k', model: 'class_scores', into: 'stored', imagesPerPartition: 9, measures });
  });

  it('gives each number of the in-process prediction, bit for bit', async () => {
    const stored = await (await spark.session.sql('SELECT image_id, detections FROM stored')).rows();
    expect(stored).toHaveLength(inProcess.size);
    for (const { image_id, detections } of stored) {
      expect(numbersOf(detections as unknown as BoxRow[])).toEqual(numbersOf(inProcess.get(String(image_id))!));
    }
  });

  it('ranks the boxes as TypeScript does', async () => {
    const ranked = (await spark.rank({ table: 'stored', strategy: 'entropy', limit: 100 })).objects() as {
      readonly image_id: string;
      readonly entropy: number;
    }[];
    const expected = [...inProcess]
      .flatMap(([id, boxes]) => Array.from(boxes, ({ scores }) => ({ id, value: entropy(scores) })))
      .sort((a, b) => b.value - a.value)
      .slice(0, 100);
    expect(ranked.map(({ entropy: value }) => value)).toEqual(
      expected.map(({ value }) => expect.closeTo(value, 6) as number),
    );
  });

  it('has what the worker measured of each image', async () => {
    const ranked = await spark.rank({ table: 'stored', measure: 'entropy' });
    expect(ranked.numRows()).toBe(inProcess.size);
  });

  it('keeps a photograph that is not there as a row with an error', async () => {
    await spark.session.sql(
      "CREATE OR REPLACE TEMPORARY VIEW some AS SELECT * FROM coco_1k UNION ALL SELECT 'gone', '/no/photograph.jpg'",
    );
    const made = await spark.predict({
      from: 'some',
      model: 'class_scores',
      into: 'with_errors',
      form: 'detections',
      minScore: 0.5,
    });
    expect(made).toMatchObject({ images: inProcess.size + 1, failed: 1 });
    const [gone] = await (await spark.session.sql("SELECT error FROM with_errors WHERE image_id = 'gone'")).rows();
    expect(gone).toMatchObject({ error: { code: 'image-missing' } });
  });

  it('refuses a model of another hash', async () => {
    const model = { spec, hash: 'a'.repeat(64) };
    await expect(spark.predict({ from: 'coco_1k', model, into: 'not_made' })).rejects.toThrow(
      /^predict: a worker ended with status 1: qualm-worker: .*a{16}/,
    );
  });
});

/** Spark leaves the program of a TRANSFORM alone once LIMIT has its rows. */
it('a worker whose answers LIMIT does not want ends by itself', async () => {
  const pids = join(folder, 'pids-of-limit');
  const command = `echo $$ >>${pids}; exec ${workerProgram} --model ${spec} --stall 3`;
  const [photograph] = [...(await openFolder(photographs))];
  const requests =
    "SELECT to_json(named_struct('id', CAST(id AS STRING), 'image', :photograph)) AS request FROM range(0, 2000, 1, 1)";
  const some = await spark.session.sql(
    `SELECT * FROM (SELECT TRANSFORM(request) USING :command AS (line STRING) FROM (${requests})) LIMIT 1`,
    { parameters: { command, photograph: photograph!.image.uri } },
  );
  expect(await some.rows()).toHaveLength(1);
  const workers = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
  const living = (): number[] => workers.filter(isRunning);
  expect(living()).not.toEqual([]);
  const deadline = Date.now() + 60_000;
  while (living().length > 0 && Date.now() < deadline) await sleep(200);
  expect(living()).toEqual([]);
});

/** Whether it is there, and not only waits for somebody to ask how it ended. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the five statements of uncertainty sampling', () => {
  let ours: Readonly<Record<Question, SqlAnswer>>;
  const theirs = new Map<Question, readonly AnswerRow[]>();

  beforeAll(async () => {
    const { leastMargin, selects } = await samplingStatements();
    const resolved = await readModelSpec(spec);
    const models = {
      ssd: { ...resolved, spec: { ...resolved.spec, form: 'detections' as const } },
      class_scores: { ...resolved, spec: { ...resolved.spec, form: 'class_scores' as const } },
    };
    const functions = { coco_name: cocoName };
    const session = await createSqlSession({ ...{ backends, vision, functions, models }, dialect: 'spark' });
    await session.sql(`CREATE TEMPORARY VIEW coco_1k AS SELECT image_id, image FROM read_images('${photographs}')`);
    await session.sql(leastMargin);
    ours = await sqlAnswers(session);
    await session.close();

    const names = Array.from({ length: 90 }, (_, id) => `${id + 1}, '${cocoName.call(id + 1) ?? ''}'`);
    await spark.session.sql(
      `CREATE TEMPORARY FUNCTION coco_name(id INT) RETURNS STRING RETURN try_element_at(map(${names.join(', ')}), id)`,
    );
    await spark.sql(
      `CREATE OR REPLACE MODEL ssd OPTIONS (batch_size=64, num_workers=4, form=detections) USING '${spec}'`,
    );
    await spark.sql(leastMargin);
    for (const name of questions) {
      const rows = await (await spark.sql(selects[name])).rows();
      theirs.set(
        name,
        rows.map((row) => answerRow('image' in row ? { ...row, image: { uri: basename(String(row['image'])) } } : row)),
      );
    }
  });

  it.each(questions)('%s: Spark gives the rows of DuckDB', (question) => {
    const { by } = orderings[question];
    const numberOf = (row: AnswerRow): number => Number(row[by]);
    /** What a row is, without the number that is computed of it. */
    const keyed = (rows: readonly AnswerRow[]): [string, number][] =>
      rows
        .map((row): [string, number] => {
          const { margin: _, entropy: __, avg_margin: ___, ...rest } = row;
          return [
            JSON.stringify(
              Object.entries(rest)
                .map(([name, value]) => [name, Number.isNaN(Number(value)) ? value : Number(value)])
                .sort(),
            ),
            numberOf(row),
          ];
        })
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const spark = theirs.get(question)!;
    const [found, expected] = [keyed(spark), keyed(ours[question].rows)];
    expect(found.map(([key]) => key)).toEqual(expected.map(([key]) => key));
    expect(found.map(([, value]) => value)).toEqual(expected.map(([, value]) => expect.closeTo(value, 6) as number));
    expect(spark.map(numberOf)).toEqual(ours[question].rows.map((row) => expect.closeTo(numberOf(row), 6) as number));
  });

  it('SHOW MODELS lists them', async () => {
    const rows = await (await spark.sql('SHOW MODELS')).rows();
    expect(rows.map(({ name, form }) => [name, form])).toEqual([
      ['class_scores', 'class_scores'],
      ['ssd', 'detections'],
    ]);
  });

  it('tables of the session go when it is closed', async () => {
    const other = createSpark(spark.session, { worker: { command: workerProgram } });
    const named = async (): Promise<number> =>
      (await (await spark.session.sql("SHOW TABLES LIKE 'qualm_*'")).rows()).length;
    expect(await named()).toBe(2);
    await expect(other.sql('SELECT ML_PREDICT(nothing, image) FROM coco_1k')).rejects.toThrow('line 1, column 19');
  });
});
