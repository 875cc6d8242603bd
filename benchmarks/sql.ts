import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import type { ImageModel } from '@qualm/pipeline';
import { version } from '@duckdb/node-api';
import { createSqlSession } from '@qualm/sql';
import type { SqlSession } from '@qualm/sql';
import * as vision from '@qualm/vision';
import { spreadOf } from './spread-of.ts';
import { writeResult } from './write-result.ts';

/* Usage: tsx benchmarks/sql.ts [rounds] [copies]
 *
 * In each round, by turns, over 206 photographs, each as two files, with YOLOX-nano (class
 * scores of 80 classes):
 * - the floor: predictStream, called directly;
 * - SELECT image_id, unnest(ML_PREDICT(yolox, image)) FROM read_images(...), all rows read,
 *   nothing in the cache;
 * - the same again, everything in the cache; and the time from a cancellation to the end; the
 * delay of the caller's event loop during the query; and the start of a session without models. */

const rounds = Number(process.argv[2] ?? 16);
const copies = Number(process.argv[3] ?? 2);
const here = import.meta.dirname;
const data = process.env['QUALM_TEST_DATA'] ?? join(here, '../../shared/data');
const photographs = join(data, 'coco-val2017', 'images');

if (existsSync(photographs)) await measure(copyPhotographs());
else console.warn(`skipped: no photographs in ${photographs}; set QUALM_TEST_DATA`);

/** More files than photographs, so that beginning and end count less; many rounds tell more than
 * long ones.
 */
function copyPhotographs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-sql-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true });
  });
  for (const name of readdirSync(photographs))
    for (let copy = 0; copy < copies; copy++) copyFileSync(join(photographs, name), join(folder, `${copy}-${name}`));
  return folder;
}

async function measure(folder: string): Promise<void> {
  const paths = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  const resolved = await readModelSpec(join(here, '../examples/models/yolox-nano.json'), {
    root: join(data, 'models'),
  });
  const backends = { onnx: createOnnxBackend({ device: 'cpu' }) };
  const model = await loadModel(resolved, { backends, vision });
  const times = {
    direct: [] as number[],
    sql: [] as number[],
    directCpu: [] as number[],
    sqlCpu: [] as number[],
    again: [] as number[],
    cancel: [] as number[],
    start: [] as number[],
    p99: [] as number[],
  };
  const text = `SELECT image_id, unnest(ML_PREDICT(yolox, image)) AS d FROM read_images('${folder}')`;
  const uncached = await createSqlSession({ backends, vision, models: { yolox: resolved }, cache: { maxBytes: 0 } });
  const direct = async (): Promise<void> => {
    times.directCpu.push(
      await cpuOf(async () => {
        times.direct.push(await timeOf(() => drain(model, paths)));
      }),
    );
  };
  const query = async (): Promise<void> => {
    times.sqlCpu.push(
      await cpuOf(async () => {
        times.sql.push(await timeOf(() => rowsRead(uncached, text)));
      }),
    );
  };
  // The threads of both have compiled what they run before anything is measured.
  await drain(model, paths);
  await rowsRead(uncached, text);
  for (let round = 0; round < rounds; round++) {
    for (const run of round % 2 === 0 ? [direct, query] : [query, direct]) await run();
    const began = performance.now();
    const session = await createSqlSession();
    times.start.push(performance.now() - began);
    await session.close();
  }
  for (let round = 0; round < rounds; round++) times.cancel.push(await cancelTime(uncached, text));
  // Apart from the others: what wakes once a millisecond to measure takes some percent of the time
  // itself.
  for (let round = 0; round < rounds; round++) times.p99.push(await eventLoopDelay(() => rowsRead(uncached, text)));
  await uncached.close();
  const cached = await createSqlSession({ backends, vision, models: { yolox: resolved } });
  await rowsRead(cached, text);
  for (let round = 0; round < rounds; round++) times.again.push(await timeOf(() => rowsRead(cached, text)));
  await cached.close();
  await model.dispose();
  report(paths.length, times);
}

/** Reads all rows and keeps none. */
async function drain(model: ImageModel, paths: readonly string[]): Promise<void> {
  for await (const { error } of predictStream(paths, model)) if (error) throw new Error(error.message);
}

async function rowsRead(session: SqlSession, text: string): Promise<number> {
  let rows = 0;
  for await (const { length } of await session.sql(text)) rows += length;
  return rows;
}

/** From Ctrl-C to the statement's end, while the model runs. */
async function cancelTime(session: SqlSession, text: string): Promise<number> {
  const cancel = new AbortController();
  let at = 0;
  setTimeout(() => {
    at = performance.now();
    cancel.abort();
  }, 400);
  const running = session.sql(text, undefined, { signal: cancel.signal }).then((result) => result.rows());
  await running.catch(() => undefined);
  return performance.now() - at;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Milliseconds that the caller's event loop is late by, at the 99th percentile. */
async function eventLoopDelay(run: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await run();
  delay.disable();
  return delay.percentile(99) / 1e6;
}

/** CPU time of all threads: also comparable where others use the machine. */
async function cpuOf(run: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

type Times = Readonly<
  Record<'direct' | 'sql' | 'directCpu' | 'sqlCpu' | 'again' | 'cancel' | 'start' | 'p99', readonly number[]>
>;

function report(images: number, times: Times): void {
  const ratios = times.sql.map((time, round) => time / times.direct[round]!);
  const result = {
    images,
    rounds,
    directMs: spreadOf(times.direct),
    sqlMs: spreadOf(times.sql),
    sqlOverDirect: spreadOf(ratios),
    sqlOverDirectCpu: spreadOf(times.sqlCpu.map((time, round) => time / times.directCpu[round]!)),
    cachedMs: spreadOf(times.again),
    startMs: spreadOf(times.start),
    cancelMs: spreadOf(times.cancel),
    eventLoopP99Ms: spreadOf(times.p99),
  };
  console.log(JSON.stringify(result, null, 2));
  writeResult('sql', { duckdb: version() }, result);
}
