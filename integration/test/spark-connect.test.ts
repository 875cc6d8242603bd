import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, SparkError } from '@qualm/spark';
import type { ConnectOptions, SparkProgress, SparkResult, SparkSession } from '@qualm/spark';
import { QualmError } from '@qualm/types';
import { startCuttingProxy } from '../src/cutting-proxy.ts';
import type { CuttingProxy } from '../src/cutting-proxy.ts';
import { startSpark } from '../src/spark.ts';
import type { SparkServer } from '../src/spark.ts';
import { startTlsFront } from '../src/tls-front.ts';

const token: string = randomUUID();
let scratch: string;
let spark: SparkServer;
const opened: SparkSession[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qualm-spark-'));
  const conf = { 'spark.connect.authenticate.token': token };
  spark = await startSpark(join(scratch, 'spark'), { master: 'local[2]', conf });
});

afterAll(async () => {
  await spark?.stop();
  await rm(scratch, { recursive: true, force: true });
});

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

async function open(address = spark.address, options: ConnectOptions = {}): Promise<SparkSession> {
  const session = await connect(address, { token, retryDelays: [50, 100, 200, 400, 800], ...options });
  opened.push(session);
  return session;
}

async function rowsOf(session: SparkSession, text: string): Promise<Awaited<ReturnType<SparkResult['rows']>>> {
  return (await session.sql(text)).rows();
}

/** What a promise that must fail fails with. */
async function failure(promise: Promise<unknown>): Promise<QualmError> {
  const error: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!QualmError.is(error)) throw new Error(`no error of ours: ${String(error)}`, { cause: error });
  return error;
}

describe('statements', () => {
  it('values come with the types that Spark names', async () => {
    const session = await open();
    expect(session.version).toBe('4.3.0');
    const result = await session.sql(`SELECT CAST(1 AS TINYINT) a, 2S b, 3 c, 9007199254740993 d, 4L e, 1.25 f,
      CAST('12345678901234567890.50' AS DECIMAL(38, 2)) g, -0.5F h, double('NaN') i, 'é' j, X'01ff' k, true l, null m,
      DATE '2024-02-29' n, TIMESTAMP '2024-02-29 01:02:03.456Z' o, TIMESTAMP_NTZ '2024-02-29 01:02:03' p,
      array(1.5F, 2.5F) q, array(1, null) r, map('x', 1, 'y', 2) s, INTERVAL '1' DAY t, INTERVAL '1-2' YEAR TO MONTH u,
      named_struct('box', named_struct('xmin', 1.5D), 'a b', array(named_struct('s', 7L))) v`);
    expect(result.columns.map(({ type }) => type)).toEqual([
      ...['tinyint', 'smallint', 'int', 'bigint', 'bigint', 'decimal(3,2)', 'decimal(38,2)', 'float', 'double'],
      ...['string', 'binary', 'boolean', 'void', 'date', 'timestamp', 'timestamp_ntz', 'array<float>', 'array<int>'],
      ...['map<string,int>', 'interval day to second', 'interval year to month'],
      'struct<box:struct<xmin:double>,`a b`:array<struct<s:bigint>>>',
    ]);
    expect(await result.rows()).toEqual([
      {
        ...{ a: 1, b: 2, c: 3, d: 9007199254740993n, e: 4, f: 1.25, g: '12345678901234567890.50', h: -0.5, i: NaN },
        ...{ j: 'é', k: Uint8Array.of(1, 255), l: true, m: null, n: new Date('2024-02-29T00:00:00Z') },
        ...{ o: new Date('2024-02-29T01:02:03.456Z'), p: new Date('2024-02-29T01:02:03Z') },
        ...{ q: Float32Array.of(1.5, 2.5), r: [1, null], t: 86_400_000_000, u: 14 },
        s: [
          { key: 'x', value: 1 },
          { key: 'y', value: 2 },
        ],
        v: { box: { xmin: 1.5 }, 'a b': [{ s: 7 }] },
      },
    ]);
  });

  it('parameters by name and by place arrive as they are', async () => {
    const session = await open();
    const text = "'; DROP TABLE t; --";
    const parameters = {
      text,
      list: [1, 2],
      none: null,
      big: 2n ** 60n,
      part: 1.5,
      at: new Date(5),
      bytes: Uint8Array.of(7),
    };
    const named = await session.sql(
      'SELECT :text text, :list list, :none none, :big big, :part part, :at at, :bytes bytes',
      {
        parameters,
      },
    );
    expect(await named.rows()).toEqual([{ ...parameters, list: Int32Array.of(1, 2) }]);
    expect(await (await session.sql('SELECT ? - ? AS d', { parameters: [7, 2] })).rows()).toEqual([{ d: 5 }]);
  });

  it('a query without rows has its columns, a command none', async () => {
    const session = await open();
    const empty = await session.sql('SELECT id, CAST(id AS STRING) AS s FROM range(5) WHERE id > 9');
    expect(empty.columns.map(({ name }) => name)).toEqual(['id', 's']);
    expect(await empty.rows()).toEqual([]);
    const command = await session.sql('CREATE TEMPORARY VIEW five AS SELECT * FROM range(5)');
    expect(command.columns).toEqual([]);
    expect(await command.rows()).toEqual([]);
    expect(await rowsOf(session, 'SHOW VIEWS')).toMatchObject([{ viewName: 'five', isTemporary: true }]);
  });

  it('a million rows come in batches, and as a table of Arquero', async () => {
    const session = await open();
    let [rows, sum, largest] = [0, 0, 0];
    for await (const batch of await session.sql('SELECT id, CAST(id AS STRING) AS s FROM range(1000000)')) {
      rows += batch.length;
      largest = Math.max(largest, batch.length);
      for (let row = 0; row < batch.length; row++) sum += batch.value(0, row) as number;
    }
    expect({ rows, sum }).toEqual({ rows: 1_000_000, sum: 499_999_500_000 });
    expect(largest).toBeLessThan(200_000);
    const table = await (await session.sql('SELECT id, id * 0.5D AS half FROM range(1000)')).toTable();
    expect([table.numRows(), table.object(999)]).toEqual([1000, { id: 999, half: 499.5 }]);
  });

  it('rows are read once; a result that is left early leaves the session as it was', async () => {
    const session = await open();
    const result = await session.sql('SELECT id FROM range(3)');
    await result.rows();
    expect((await failure(result.rows())).code).toBe('query-failed');
    for await (const batch of await session.sql('SELECT * FROM range(3000000)')) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it.each([
    [
      'SELECT nope FROM range(1)',
      'query-invalid',
      'UNRESOLVED_COLUMN.WITH_SUGGESTION',
      '42703',
      { objectName: '`nope`' },
    ],
    ['SELEC 1', 'query-invalid', 'PARSE_SYNTAX_ERROR', '42601', { error: "'SELEC'" }],
    ['SELECT * FROM nowhere', 'query-invalid', 'TABLE_OR_VIEW_NOT_FOUND', '42P01', { relationName: '`nowhere`' }],
    ['SELECT 1 / (id - id) FROM range(3)', 'query-failed', 'DIVIDE_BY_ZERO', '22012', {}],
    [
      "SELECT raise_error('boom') FROM range(3)",
      'query-failed',
      'USER_RAISED_EXCEPTION',
      'P0001',
      { errorMessage: 'boom' },
    ],
  ])('%s is %s with what Spark says', async (text, code, errorClass, sqlState, parameters) => {
    const session = await open();
    const error = await failure(rowsOf(session, text));
    const { cause } = error;
    expect(cause).toBeInstanceOf(SparkError);
    expect({ code: error.code, ...(cause as SparkError) }).toMatchObject({ code, errorClass, sqlState, parameters });
    expect(error.message).toContain(`[${errorClass}]`);
    expect(error.message).not.toContain("'Project");
    expect((cause as SparkError).exceptions.at(-1)).toBe('java.lang.Object');
  });

  it('the last line that a program of TRANSFORM wrote is in the error', async () => {
    const session = await open();
    // Spark takes what was said when the program ends, and its thread that reads it may be late.
    const program = 'cat >/dev/null; echo the model is broken, café >&2; sleep .5; exit 3';
    const text = `SELECT TRANSFORM(id) USING '${program}' AS (a STRING) FROM range(2)`;
    const error = await failure(rowsOf(session, text));
    expect(error.code).toBe('query-failed');
    expect(error.message).toMatch(/exited with status 3.*the model is broken, café/s);
  });
});

describe('progress and cancel', () => {
  it('progress counts the tasks to their end', async () => {
    const session = await open();
    const seen: SparkProgress[] = [];
    const result = await session.sql('SELECT count(*) AS n FROM range(0, 300000000, 1, 6) WHERE hash(id) % 7 = 0', {
      onProgress: (progress) => seen.push(progress),
    });
    await result.rows();
    expect(seen.some(({ tasks }) => tasks >= 6)).toBe(true);
    expect(seen.every(({ tasks, completedTasks }) => completedTasks <= tasks)).toBe(true);
    expect(seen.at(-1)!.stages.length).toBeGreaterThan(0);
  });

  it('a signal cancels one statement on the server, and the session goes on', async () => {
    const session = await open();
    const controller = new AbortController();
    const endless = 'SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 7';
    const running = failure(session.sql(endless, { signal: controller.signal }).then((result) => result.rows()));
    await sleep(1500);
    controller.abort();
    expect((await running).code).toBe('aborted');
    // Two cores are free again.
    expect(await rowsOf(session, 'SELECT count(*) AS n FROM range(0, 1000, 1, 4)')).toEqual([{ n: 1000 }]);
    expect((await failure(session.sql('SELECT 1', { signal: controller.signal }))).code).toBe('aborted');
  });

  it('interrupt and close end what runs', async () => {
    const session = await open();
    const endless = 'SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 7';
    const interrupted = failure(rowsOf(session, endless));
    await sleep(1500);
    await session.interrupt();
    expect((await interrupted).code).toBe('aborted');
    const closed = failure(rowsOf(session, endless));
    // Early, while Spark plans.
    await sleep(100);
    await session.close();
    expect((await closed).code).toBe('aborted');
    expect((await failure(session.sql('SELECT 1'))).code).toBe('aborted');
    const another = await open();
    const free = await another.sql('SELECT count(*) AS n FROM range(0, 1000, 1, 4)', { stallTimeout: 20_000 });
    expect(await free.rows()).toEqual([{ n: 1000 }]);
  });
});

describe('uploads', () => {
  it('files and archives lie beside the tasks, and the same bytes are sent once', async () => {
    const session = await open();
    const bytes = randomBytes(3_000_000);
    const path = join(scratch, 'noise-1.bin');
    await writeFile(path, bytes);
    const sent: number[] = [];
    const upload = await session.uploadFile(path, { onProgress: ({ bytes }) => sent.push(bytes) });
    expect(upload).toEqual({ name: 'noise-1.bin', path: `${session.serverSessionId}/noise-1.bin`, isSent: true });
    expect(sent.at(-1)).toBe(3_000_000);
    const there = await session.sql('SELECT TRANSFORM(id) USING :command AS (line STRING) FROM range(1)', {
      parameters: { command: `cat > /dev/null; md5sum < ${upload.path}` },
    });
    const [row] = await there.rows();
    expect(row!['line']).toContain(createHash('md5').update(bytes).digest('hex'));
    expect((await session.uploadFile(path)).isSent).toBe(false);
    const error = await failure(session.uploadFile(randomBytes(10), { name: 'noise-1.bin' }));
    expect(error.code).toBe('io');
    expect(error.message).toContain('hash');
  });

  it('what cannot be uploaded is said', async () => {
    const session = await open();
    expect((await failure(session.uploadFile(join(scratch, 'nothing.bin')))).code).toBe('io');
    expect((await failure(session.uploadFile(new Uint8Array(1), { name: '../evil' }))).code).toBe('options-invalid');
    expect((await failure(session.uploadArchive(new Uint8Array(1), { name: 'a.rar' }))).code).toBe('options-invalid');
    expect((await session.uploadFile(new Uint8Array(0), { name: 'empty' })).isSent).toBe(true);
  });
});

describe('a connection that is cut', () => {
  let proxy: CuttingProxy;
  let address: string;

  beforeEach(async () => {
    proxy = await startCuttingProxy(spark.port);
    address = `sc://127.0.0.1:${proxy.port}`;
  });

  afterEach(async () => {
    for (const session of opened.splice(0)) await session.close();
    await proxy.close();
  });

  it('before a plan: it is sent on another', async () => {
    const session = await open(address);
    proxy.cut();
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('while a plan is on its way', async () => {
    const session = await open(address);
    proxy.cutAfter(100, 'client');
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(proxy.cuts()).toBe(1);
  });

  it('while a command runs: it runs once', async () => {
    const session = await open(address);
    const folder = join(scratch, 'once');
    const text = `INSERT OVERWRITE DIRECTORY '${folder}' USING parquet SELECT id FROM range(0, 200000000, 1, 4) WHERE hash(id) % 999 = 0`;
    const running = session.sql(text);
    for (let cut = 0; cut < 3; cut++) {
      await sleep(400);
      proxy.cut();
    }
    await running;
    const [row] = await rowsOf(session, `SELECT count(*) = count(DISTINCT id) AS once FROM parquet.\`${folder}\``);
    expect(row).toEqual({ once: true });
  });

  it('amid the rows, again and again: each comes once, in order', async () => {
    const session = await open(address);
    let [next, batches] = [0, 0];
    for await (const batch of await session.sql('SELECT id FROM range(2000000)')) {
      for (let row = 0; row < batch.length; row++) if (batch.value(0, row) !== next++) throw new Error('out of order');
      if (++batches % 40 === 0) proxy.cut();
    }
    expect(next).toBe(2_000_000);
    expect(proxy.cuts()).toBeGreaterThan(2);
  });

  it('during an upload: it is sent again', async () => {
    const session = await open(address);
    const bytes = randomBytes(5_000_000);
    proxy.cutAfter(2_000_000, 'client');
    const { path } = await session.uploadFile(bytes, { name: 'cut-1.bin' });
    expect(proxy.cuts()).toBe(1);
    const there = await session.sql('SELECT TRANSFORM(id) USING :command AS (line STRING) FROM range(1)', {
      parameters: { command: `cat > /dev/null; md5sum < ${path}` },
    });
    expect(JSON.stringify(await there.rows())).toContain(createHash('md5').update(bytes).digest('hex'));
  });

  it('at the end, when the server is told to forget: nothing is lost', async () => {
    const session = await open(address);
    const result = await session.sql('SELECT 1 AS one');
    const rows = result.rows();
    proxy.cutAfter(1, 'client');
    expect(await rows).toEqual([{ one: 1 }]);
    await session.close();
  });

  it('for good: spark-unavailable, when the retries are used up', async () => {
    const session = await open(address, { retryDelays: [10, 20, 40] });
    proxy.refuse();
    const error = await failure(session.sql('SELECT 1'));
    expect(error.code).toBe('spark-unavailable');
    expect(error.message).toContain(address);
    proxy.mend();
    // The channel waits for a moment before it connects again, longer than these retries.
    const again = (): Promise<unknown> => rowsOf(session, 'SELECT 1 AS one').catch(({ code }: QualmError) => code);
    await expect.poll(again, { timeout: 30_000 }).toEqual([{ one: 1 }]);
  });

  it('for good: a signal ends the wait', async () => {
    const session = await open(address);
    proxy.refuse();
    const signal = AbortSignal.timeout(1500);
    expect((await failure(session.sql('SELECT 1', { signal }))).code).toBe('aborted');
    proxy.mend();
  });
});

describe('who may', () => {
  it('a wrong token, none, and one that expired are access-denied, and no message has it', async () => {
    const wrong = 'wrong-token-12345';
    const errors = [await failure(connect(`${spark.address}/;token=${wrong}`)), await failure(connect(spark.address))];
    let current = token;
    const session = await open(spark.address, { token: () => current });
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    current = wrong;
    errors.push(await failure(session.sql('SELECT 1')));
    current = token;
    for (const error of errors) {
      expect(error.code).toBe('access-denied');
      expect(`${error.stack} ${String((error.cause as Error).stack)}`).not.toContain(wrong);
    }
  });

  it('over TLS with a certificate of its own authority', async () => {
    const front = await startTlsFront(spark.port, scratch);
    const address = `sc://localhost:${front.port}/;use_ssl=true`;
    const session = await open(address, { certificates: front.certificate });
    expect(await rowsOf(session, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await session.close();
    const error = await failure(connect(address, { token, timeout: 5000 }));
    expect(error.code).toBe('spark-unavailable');
    expect(error.message).toMatch(/certificate/i);
    expect((await failure(connect(`sc://localhost:${front.port}`, { token, timeout: 5000 }))).code).toBe(
      'spark-unavailable',
    );
    await front.close();
  });

  it('a session that another client has closed is gone', async () => {
    const id = randomUUID();
    const session = await open(`${spark.address}/;session_id=${id}`);
    await (await open(`${spark.address}/;session_id=${id}`)).close();
    const error = await failure(session.sql('SELECT 1'));
    expect(error.code).toBe('spark-unavailable');
    expect(error.message).toContain('connect anew');
  });
});

describe('without executors', () => {
  it('a statement ends with advice when no worker is left, where Spark itself waits for ever', async () => {
    const cluster = await startSpark(join(scratch, 'cluster'), { master: 'standalone' });
    try {
      const session = await open(cluster.address);
      const text = 'SELECT count(*) AS n FROM range(0, 100, 1, 4)';
      expect(await rowsOf(session, text)).toEqual([{ n: 100 }]);
      for (const worker of cluster.workers) process.kill(worker, 'SIGKILL');
      const seen: SparkProgress[] = [];
      const running = session.sql(text, { stallTimeout: 8000, onProgress: (progress) => seen.push(progress) });
      const error = await failure(running.then((result) => result.rows()));
      expect(error.code).toBe('spark-unavailable');
      expect(error.message).toContain('no executor that takes a task since 8 s');
      expect(seen.at(-1)).toMatchObject({ tasks: 4, runningTasks: 0 });
    } finally {
      await cluster.stop();
    }
  });
});
