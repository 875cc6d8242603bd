import { QualmError } from '@qualm/types';
import type { ColumnData } from '../columns/column-data.ts';
import { registerFunctions } from '../functions/register-functions.ts';
import type { EngineData, EngineRequests, NextAnswer, RunAnswer } from '../protocol.ts';
import { createCopyImage } from './copy-image.ts';
import { createCropImages } from './crop-images.ts';
import { openDatabase } from './database.ts';
import { createHostCalls } from './host-calls.ts';
import { registerImageSources } from './image-source-functions.ts';
import { insertRows } from './insert-rows.ts';
import { registerLabelFunction } from './label-function.ts';
import { loadDuckDb } from './load-duckdb.ts';
import { openModelTable } from './model-table.ts';
import { readNames } from './names.ts';
import { openPredictionCache } from './prediction-cache.ts';
import { registerPredictionSource } from './prediction-source.ts';
import { registerPredictFunctions } from './predict-function.ts';
import { createPredictor } from './predictor.ts';
import { drain, startStatement } from './run-statement.ts';
import type { EngineParts, OpenStatement } from './run-statement.ts';
import { createScriptReaders } from './script-readers.ts';
import { openSparkTranslation } from './spark-translation.ts';
import { createThreadLimit } from './thread-limit.ts';
import { registerUserFunction } from './user-functions.ts';

/** DuckDB and what is added to it, in a thread of its own. */
export type Engine = {
  readonly [Name in keyof EngineRequests]: (
    request: EngineRequests[Name]['request'],
  ) => Promise<EngineRequests[Name]['answer']>;
} & { interrupt(): void };

/** @throws QualmError `io` for a database that cannot be opened, `backend-unavailable` without
 * DuckDB.
 */
export function createEngine(data: EngineData): Engine {
  const calls = createHostCalls(data);
  let parts: EngineParts | null = null;
  let open: (OpenStatement & { readonly id: number }) | null = null;
  let last = 0;

  const ready = (): EngineParts => {
    if (parts) return parts;
    throw new QualmError('query-failed', 'sql: the session is closed');
  };

  return {
    async open({ models: given }) {
      const lib = await loadDuckDb();
      const database = await openDatabase(lib, data.path, data.readOnly);
      const cache = await openPredictionCache(data.cache);
      const models = await openModelTable(database.connection, calls, given);
      const predictor = createPredictor(calls, models, cache, data.cwd);
      const scripts = createScriptReaders({
        formOf: (name) => models.get(name) ?? null,
        models: () => models.names(),
        openSpark: () => openSparkTranslation(database.connection),
      });
      const threads = createThreadLimit(database.instance);
      registerPredictFunctions(lib, database.connection, predictor, threads);
      registerLabelFunction(lib, database.connection, models, (error) => predictor.failWith(error));
      registerImageSources(lib, database.connection, calls, predictor);
      await registerPredictionSource(lib, database.connection, calls, predictor);
      await registerFunctions(lib, database.connection, {
        cropImages: createCropImages(calls, predictor, data.cwd),
        copyImage: createCopyImage(predictor, data.cwd),
        failWith: (error) => predictor.failWith(error),
      });
      parts = { lib, database, threads, models, cache, predictor, scripts };
      return null;
    },
    async run(request) {
      open = null;
      const statements = await ready().scripts.read(request.text, request.dialect);
      if (statements.length > 1 && request.parameters !== undefined)
        throw new QualmError('query-invalid', 'sql: parameters are for one statement; run the statements one by one');
      let answer: RunAnswer = { statement: ++last, columns: [], changed: null };
      for (const [at, statement] of statements.entries()) {
        const isLast = at === statements.length - 1;
        const started = await startStatement(ready(), calls, statement, request);
        if (!isLast) await drain(started);
        open = { ...started, id: ++last };
        answer = { statement: open.id, columns: started.columns, changed: started.changed };
      }
      return answer;
    },
    async next({ statement }): Promise<NextAnswer> {
      if (open?.id !== statement)
        throw new QualmError(
          'query-failed',
          'sql: the rows of this statement are gone, since another began; read them before that, with rows() or toTable()',
        );
      const { next, tally, fail } = open;
      try {
        const batch = await next();
        if (!batch) open = null;
        return { batch: batch ?? null, length: lengthOf(batch), cached: tally.cached };
      } catch (error) {
        open = null;
        throw fail(error);
      }
    },
    end({ statement }) {
      if (open?.id === statement) open = null;
      return Promise.resolve(null);
    },
    async insert(request) {
      open = null;
      await insertRows(ready().lib, ready().database.connection, request);
      return null;
    },
    async function(request) {
      const { lib, database, predictor, scripts } = ready();
      await registerUserFunction(lib, database.connection, request, calls, predictor);
      scripts.addFunction(request.name);
      return null;
    },
    names: () => readNames(ready().database.connection, ready().models),
    async close() {
      if (!parts) return null;
      const { cache, database } = parts;
      parts = null;
      await cache.close();
      database.connection.closeSync();
      database.instance.closeSync();
      return null;
    },
    interrupt() {
      parts?.database.connection.interrupt();
    },
  };
}

function lengthOf(batch: readonly ColumnData[] | null): number {
  const first = batch?.[0];
  if (!first) return 0;
  if (first.kind === 'list') return first.starts.length;
  if (first.kind !== 'struct') return first.values.length;
  return lengthOf(first.children);
}
