import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SqlSession } from '../src/index.ts';
import { errorOf, rowsOf, toySession, writeToyFolder } from './toy-session.ts';

/* current_setting('threads') is read when a statement is planned; this table, while it runs. */
const threads = "(SELECT CAST(value AS INT) AS threads FROM duckdb_settings() WHERE name = 'threads')";
const predicting = `SELECT threads, len(ML_PREDICT(toy, '000.png')) AS n FROM ${threads}`;
let folder: string;
let session: SqlSession;

beforeAll(async () => {
  folder = await writeToyFolder(3);
  session = await toySession(folder);
  await session.sql("CREATE MODEL toy USING 'toy.json'");
});

beforeEach(() => session.sql('SET threads = 3'));

afterAll(() => session.close());

async function threadsNow(own = session): Promise<unknown> {
  const [row] = await rowsOf(own, `FROM ${threads}`);
  return row!['threads'];
}

describe('DuckDB has one thread while a statement predicts, and its own number after it', () => {
  it.each([
    ['a call', predicting],
    ['a call in a view', `CREATE OR REPLACE VIEW seen AS ${predicting}; FROM seen`],
    [
      'a call in a macro',
      `CREATE OR REPLACE MACRO boxes(i) AS len(ML_PREDICT(toy, i)); SELECT threads, boxes('000.png') AS n FROM ${threads}`,
    ],
    ['CREATE TABLE AS', `CREATE OR REPLACE TABLE kept AS ${predicting}; FROM kept`],
    ['a script', `SET threads = 2; ${predicting}; SET threads = 3; ${predicting}`],
  ])('%s', async (_, text) => {
    expect(await rowsOf(session, text)).toEqual([{ threads: 1, n: 1 }]);
    expect(await threadsNow()).toBe(3);
  });

  it('a call on a parameter', async () => {
    const text = predicting.replace("'000.png'", '$1');
    expect(await rowsOf(session, text, ['000.png'])).toEqual([{ threads: 1, n: 1 }]);
    expect(await threadsNow()).toBe(3);
  });

  it('after a failure, after a result that was not read, and after a cancellation', async () => {
    await errorOf(session, `SELECT ML_PREDICT(toy, 'none.png', on_error := 'fail') FROM ${threads}`);
    expect(await threadsNow()).toBe(3);
    await session.sql(`${predicting}, range(100000)`);
    expect(await threadsNow()).toBe(3);
    const cancel = new AbortController();
    const long = `SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE len(ML_PREDICT(toy, '000.png')) > 0`;
    const running = session.sql(long, undefined, { signal: cancel.signal }).then((result) => result.rows());
    setTimeout(() => {
      cancel.abort();
    }, 50);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(await threadsNow()).toBe(3);
  });
});

it('a statement that does not predict keeps its threads', async () => {
  expect(await threadsNow()).toBe(3);
  await session.sql('SET threads = 1');
  expect(await rowsOf(session, predicting)).toEqual([{ threads: 1, n: 1 }]);
  expect(await threadsNow()).toBe(1);
});

it('a locked configuration is left as it is, and the statement runs', async () => {
  const own = await toySession(folder);
  await own.sql("CREATE MODEL toy USING 'toy.json'; SET threads = 3");
  expect(await rowsOf(own, predicting)).toEqual([{ threads: 1, n: 1 }]);
  await own.sql('SET lock_configuration = true');
  expect(await rowsOf(own, predicting)).toEqual([{ threads: 3, n: 1 }]);
  expect(await threadsNow(own)).toBe(3);
  await own.close();
});
