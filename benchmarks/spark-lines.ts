import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createSpark } from '@qualm/spark';
import type { SparkSession } from '@qualm/spark';
import { startSpark } from '../integration/src/spark.ts';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* Usage, after a build: tsx benchmarks/spark-lines.ts [rows:rounds], by default 1000000:3
 *
 * What Spark's pipes and our lines take when nothing is computed, with two slots: `cat` alone,
 * which is the floor; our worker's lines, answered without a model, and counted; and `predict` with
 * it, which also reads answers, writes the table and proves it. Installs Spark on first use. */

const [rows, rounds] = (process.argv[2] ?? '1000000:3').split(':').map(Number) as [number, number];
const worker = `${process.execPath} ${join(import.meta.dirname, 'spark-lines/answer-nothing.mjs')}`;

const folder = await mkdtemp(join(tmpdir(), 'qualm-spark-lines-'));
const server = await startSpark(join(folder, 'spark'), { master: 'local[2]' });
try {
  const models = { nothing: { spec: 'spec.json' } };
  const spark = createSpark(await connect(server.address), { worker: { command: worker }, models });
  const { session } = spark;
  await session.sql(
    `CREATE TABLE photos USING parquet AS SELECT id AS image_id, concat('p/', id, '.jpg') AS image FROM range(${rows})`,
  );
  const contenders: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
    ['cat', () => piped(session, 'cat')],
    ['lines of the worker', () => piped(session, worker)],
    ['predict, with its table and proof', () => predicted()],
  ];
  const predicted = async (): Promise<void> => {
    await session.sql('DROP TABLE IF EXISTS made');
    const imagesPerPartition = Math.ceil(rows / 2);
    const { images } = await spark.predict({ from: 'photos', model: 'nothing', into: 'made', imagesPerPartition });
    if (images !== rows) throw new Error(`${images} of ${rows} rows came back`);
  };
  const found = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of contenders) {
      const started = performance.now();
      await work();
      const perSecond = (1000 * rows) / (performance.now() - started);
      found.get(name)!.push(perSecond);
      console.log(`${name}: ${perSecond.toFixed(0)} rows a second`);
    }
  }
  const measured = [...found].map(([name, values]) => ({ name, rowsPerSecond: spreadOf(values) }));
  for (const { name, rowsPerSecond } of measured) {
    const { least, median, most } = rowsPerSecond;
    console.log(`${name.padEnd(34)} ${median} rows a second (${least} to ${most})`);
  }
  await spark.close();
  writeResult('spark-lines', { spark: '4.3' }, { slots: 2, rows, rounds, measured });
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}

/** Sends the rows as lines in two partitions, and counts what comes back. */
async function piped(session: SparkSession, command: string): Promise<void> {
  const lines = `SELECT /*+ REPARTITION(2, image_id) */ to_json(named_struct('id', CAST(image_id AS STRING), 'image', image)) AS request FROM photos`;
  const text = `SELECT count(*) AS n FROM (SELECT TRANSFORM(request) USING :command AS (line STRING) FROM (${lines}))`;
  const [counted] = await (await session.sql(text, { parameters: { command } })).rows();
  if (Number(counted?.['n']) !== rows) throw new Error(`${String(counted?.['n'])} of ${rows} rows came back`);
}
