import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createSpark } from '@qualm/spark';
import type { PredictedTable, Spark } from '@qualm/spark';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../src/repository.ts';
import { startSpark } from '../src/spark.ts';
import type { SparkServer } from '../src/spark.ts';

/* Executors and workers are killed here, of a standalone cluster with two workers: minutes, and 2
 * GB of memory. `QUALM_SPARK=cluster` runs it; without that it is skipped, and says so.
 */
const isAsked = process.env['QUALM_SPARK'] === 'cluster';
if (!isAsked) process.stderr.write('spark-cluster: SKIPPED; set QUALM_SPARK=cluster to kill executors and workers\n');

let folder: string;
let server: SparkServer;
let spark: Spark;
let pids: string;

let into: string;
let count = 0;

/** In this order: each leaves less of the cluster. */
describe.runIf(isAsked)('a cluster of two workers', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qualm-spark-cluster-'));
    server = await startSpark(join(folder, 'spark'), { master: 'standalone' });
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    into = `made_${++count}`;
    pids = join(folder, `pids-${count}`);
    const command = `${process.execPath} ${join(root, 'integration/src/line-worker.mjs')} --pids ${pids} --wait 30`;
    spark = createSpark(await connect(server.address), { worker: { command }, models: { m: { spec: 'spec.json' } } });
    await spark.session.sql(
      "CREATE TEMPORARY VIEW photos AS SELECT id AS image_id, concat('p/', id, '.jpg') AS image FROM range(1200)",
    );
  });

  afterEach(() => spark?.close().catch(() => undefined));

  /** Predicts 1,200 images in 6 tasks, of six seconds each. */
  function predict(more: { readonly signal?: AbortSignal; readonly stall?: number } = {}): Promise<PredictedTable> {
    return spark.predict({ from: 'photos', model: 'm', into, imagesPerPartition: 200, ...more });
  }

  async function expectWhole(made: PredictedTable): Promise<void> {
    expect(made).toMatchObject({ images: 1200, failed: 0, boxes: 2400 });
    const counts = `SELECT count(*) AS n, count(DISTINCT image_id) AS ids FROM ${into}`;
    expect(await (await spark.session.sql(counts)).rows()).toEqual([{ n: 1200, ids: 1200 }]);
    expect(living()).toEqual([]);
  }

  it('predicts in both, and the doctor sees both', async () => {
    await expectWhole(await predict());
    const places = new Set(started().map(({ place }) => place));
    expect(places.size).toBe(2);
    const report = await spark.examine();
    expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(report.checks.find(({ name }) => name === 'hosts')).toMatchObject({
      status: 'fine',
      found: expect.stringContaining('in 2 working folders') as string,
    });
  });

  it('loses nothing and doubles nothing where an executor and a worker are killed', async () => {
    const made = predict();
    await workersRun(2);
    process.kill(executors()[0]!, 'SIGKILL');
    await workersRun(1);
    await sleep(1000);
    const [worker] = living();
    if (worker !== undefined) process.kill(worker, 'SIGKILL');
    await expectWhole(await made);
    expect(started().length).toBeGreaterThan(6);
  });

  it('leaves nothing behind where it is cancelled', async () => {
    const controller = new AbortController();
    const made = predict({ signal: controller.signal, stall: 3 });
    await workersRun(2);
    controller.abort();
    await expect(made).rejects.toMatchObject({ code: 'aborted' });
    const deadline = Date.now() + 60_000;
    while (living().length > 0 && Date.now() < deadline) await sleep(200);
    expect(living()).toEqual([]);
    expect(await (await spark.session.sql("SHOW TABLES LIKE 'qualm_*'")).rows()).toEqual([]);
  });

  it('finishes with one worker of Spark where the other is killed', async () => {
    const made = predict();
    await workersRun(2);
    process.kill(server.workers[0]!, 'SIGKILL');
    await expectWhole(await made);
  });

  it('fails in bounded time where no worker of Spark is left', async () => {
    const made = predict().then(
      () => null,
      (error: unknown) => error as Error,
    );
    await workersRun(1);
    for (const worker of server.workers) process.kill(worker, 'SIGKILL');
    for (const executor of executors()) process.kill(executor, 'SIGKILL');
    const error = await made;
    expect(error?.message).toMatch(/executor|task/);
  });
});

/** The workers of qualm that were started, and where; those that told their fingerprint among them.
 */
function started(): readonly { readonly pid: number; readonly place: string }[] {
  if (!existsSync(pids)) return [];
  const lines = readFileSync(pids, 'utf8').trim().split('\n');
  return lines.map((line) => ({ pid: Number(line.split(' ')[0]), place: line.slice(line.indexOf(' ') + 1) }));
}

function living(): number[] {
  return started()
    .map(({ pid }) => pid)
    .filter(
      (pid) =>
        existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('line-worker'),
    );
}

async function workersRun(count: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  const areThere = (): boolean => living().length >= count && started().length > count;
  while (!areThere() && Date.now() < deadline) await sleep(100);
  expect(living().length).toBeGreaterThanOrEqual(count);
}

/** The executors of this cluster: JVMs that work in its folder. */
function executors(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const isExecutor = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('CoarseGrainedExecutorBackend');
        return isExecutor && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });
}
