import { existsSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import {
  assertChoice,
  assertFunction,
  assertFunctions,
  assertOptions,
  assertText,
  fileLeftBehind,
  filePlace,
  QualmError,
} from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { createResult } from './host/create-result.ts';
import { createFunctions } from './host/functions.ts';
import { createHostAnswers } from './host/host-answers.ts';
import type { RunningStatement } from './host/host-answers.ts';
import { createImageSources } from './host/image-sources.ts';
import { createModels } from './host/models.ts';
import { createOpenDatabases } from './host/open-databases.ts';
import type { OpenDatabases } from './host/open-databases.ts';
import { createPoolTurns, mostStatements } from './host/pool-turns.ts';
import type { PoolTurns } from './host/pool-turns.ts';
import { createImagePredictor } from './host/predict-images.ts';
import { createQueryTally } from './host/query-tally.ts';
import { registerTable } from './host/register-table.ts';
import { createShardLists } from './host/shard-lists.ts';
import { startEngine } from './host/start-engine.ts';
import type {
  SqlDialect,
  SqlFunction,
  SqlNames,
  SqlQueryOptions,
  SqlResult,
  SqlSession,
  SqlSessionOptions,
} from './sql-session.ts';

const mebibyte = 2 ** 20;

/** What all sessions of the process share: files, and the threads of libuv's pool. */
let shared: { readonly databases: OpenDatabases; readonly turns: PoolTurns } | null = null;

/** A session of SQL: DuckDB in a thread of its own, with ML_PREDICT, the strategies and your
 * functions in it. It starts no model: a model is loaded when a query first needs it.
 * @throws QualmError `io` for a database that cannot be opened, `backend-unavailable` without
 * `@duckdb/node-api`.
 * @example const session = await createSqlSession({ backends: { onnx: createOnnxBackend() }, vision });
 * await session.sql("CREATE MODEL yolox USING 'yolox.json'");
 * const boxes = 'image_id, unnest(ML_PREDICT(yolox, image))';
 * const result = await session.sql(`SELECT ${boxes} FROM read_images('photos')`);
 */
export async function createSqlSession(options: SqlSessionOptions = {}): Promise<SqlSession> {
  assertOptions('createSqlSession', options, '{ backends, vision }');
  const { path = ':memory:', readOnly = false, backends = {}, vision, registries = {}, models: given = {} } = options;
  const { strategies = {}, functions: own = {}, dialect = 'duckdb', cache = {}, cwd = process.cwd() } = options;
  const { heads, signal, worker = new URL('../dist/worker.js', import.meta.url) } = options;
  const entry = workerFile(worker);
  assertText('createSqlSession', 'its path', path);
  assertDialect('createSqlSession', dialect);
  if (options.open !== undefined)
    assertFunction('createSqlSession', 'open', options.open, 'a function, such as createOpener({ allow })');
  const { databases, turns } = (shared ??= {
    databases: createOpenDatabases(),
    turns: createPoolTurns(mostStatements(process.env['UV_THREADPOOL_SIZE'])),
  });
  const release = databases.claim(path, readOnly);
  const closing = new AbortController();
  const models = createModels({ backends, vision, heads, registries, models: given, cwd, signal: closing.signal });
  const sources = createImageSources(cwd);
  const images = createImagePredictor(options.open);
  const functions = createFunctions();
  let running: RunningStatement = { tally: createQueryTally(undefined), signal: closing.signal };

  const engine = startEngine(
    {
      path,
      readOnly,
      cwd,
      cache: { maxBytes: cache.maxBytes ?? 256 * mebibyte, folder: cache.folder ?? null },
    },
    createHostAnswers({
      ...{ models, sources, images, functions, vision },
      shards: createShardLists(cwd),
      running: () => running,
    }),
    entry,
  );

  let last: Promise<unknown> = Promise.resolve();
  /** One statement after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const close = async (): Promise<void> => {
    if (closing.signal.aborted) return;
    closing.abort();
    engine.cancel();
    await last.catch(() => undefined);
    await engine.ask('close', null).catch(() => undefined);
    await images.stop();
    await models.dispose();
    await engine.terminate();
    release();
  };

  const runStatement = async (
    text: string,
    parameters: unknown,
    { signal: cancel, onProgress, onError = 'null', dialect: written = dialect }: SqlQueryOptions,
  ): Promise<SqlResult> => {
    assertOpen(closing.signal);
    assertDialect('sql', written);
    if (cancel?.aborted) throw new QualmError('aborted', 'sql: the statement was cancelled before it began');
    sources.clear();
    await images.stop();
    const own = createQueryTally(onProgress);
    const query = new AbortController();
    running = { tally: own, signal: AbortSignal.any([closing.signal, query.signal]) };
    engine.allow();
    const { signal: stopped } = running;
    const isRunning = (): boolean => running.tally === own;
    const stop = (): void => {
      query.abort();
      if (isRunning()) engine.cancel();
    };
    cancel?.addEventListener('abort', stop, { once: true });
    const done = (): void => {
      cancel?.removeEventListener('abort', stop);
    };
    try {
      const answer = await turns.run(() => engine.ask('run', { text, parameters, onError, dialect: written }), stopped);
      return createResult(answer, {
        async next() {
          const rows = await turns.run(() => engine.ask('next', { statement: answer.statement }), stopped);
          own.cached(rows.cached);
          return rows;
        },
        async end(isRead) {
          done();
          if (isRunning()) await images.stop();
          if (!isRead) await engine.ask('end', { statement: answer.statement }).catch(() => undefined);
        },
        progress: own.progress,
        warnings: own.warnings,
      });
    } catch (error) {
      done();
      throw error;
    }
  };

  const createFunction = async (name: string, definition: SqlFunction | Strategy): Promise<void> => {
    const request = functions.add(name, definition);
    await inTurn(() => engine.ask('function', request));
  };

  try {
    await engine.ask('open', { models: await models.given() });
    for (const [name, definition] of Object.entries({ ...strategies, ...own })) await createFunction(name, definition);
  } catch (error) {
    await models.dispose();
    await engine.terminate();
    release();
    throw error;
  }
  signal?.addEventListener('abort', () => void close(), { once: true });
  return {
    sql(text, parameters, queryOptions = {}) {
      assertText('sql', 'its text', text);
      return inTurn(() => runStatement(text, parameters, queryOptions));
    },
    async register(name: string, table: ColumnTable) {
      assertText('register', 'the name', name);
      assertFunctions('register', 'its table', table, ['column', 'columnNames'], 'a table of Arquero');
      await inTurn(() => registerTable(name, table, (request) => engine.ask('insert', request)));
    },
    createFunction,
    names: (): Promise<SqlNames> => inTurn(() => engine.ask('names', null)),
    close,
  };
}

function assertDialect(where: string, dialect: SqlDialect): void {
  assertChoice(where, 'its dialect', dialect, ['duckdb', 'spark']);
}

function assertOpen(signal: AbortSignal): void {
  if (signal.aborted) throw new QualmError('query-failed', 'sql: the session is closed; open another');
}

/** @throws QualmError `backend-unavailable` unless there is a file. */
function workerFile(worker: URL | string): URL | string {
  const place = filePlace('createSqlSession', 'worker', worker);
  if (existsSync(place)) return place;
  const advice = 'name its place with the option `worker`';
  throw fileLeftBehind('backend-unavailable', { where: 'sql', file: "the file of DuckDB's thread", place, advice });
}
