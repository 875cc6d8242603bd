import type { DuckDBConnection, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import { readColumn } from '../columns/read-column.ts';
import type { ColumnData } from '../columns/column-data.ts';
import { registerFunctions } from '../functions/register-functions.ts';
import type { EngineData, EngineRequests, NextAnswer, RunAnswer, RunRequest } from '../protocol.ts';
import type { SqlColumn } from '../sql-session.ts';
import { createCropImages } from './crop-images.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { errorOfDuckDb } from './duckdb-error.ts';
import { explainTally } from './explain-tally.ts';
import { createHostCalls } from './host-calls.ts';
import { registerImageSources } from './image-source-functions.ts';
import { insertRows } from './insert-rows.ts';
import { loadDuckDb } from './load-duckdb.ts';
import type { DuckDb } from './load-duckdb.ts';
import { runModelStatement } from './model-statements.ts';
import type { PreparedStatement } from './model-statements.ts';
import { openModelTable } from './model-table.ts';
import type { ModelTable } from './model-table.ts';
import { readNames } from './names.ts';
import { registerPredictionSource } from './prediction-source.ts';
import { openPredictionCache } from './prediction-cache.ts';
import type { PredictionCache } from './prediction-cache.ts';
import { registerPredictFunctions } from './predict-function.ts';
import { createPredictor } from './predictor.ts';
import type { Predictor, StatementTally } from './predictor.ts';
import { createScriptReader } from './script.ts';
import type { ScriptReader, ScriptStatement } from './script.ts';
import { registerUserFunction } from './user-functions.ts';
import { toDuckDbValue, typeOfParameter } from './values.ts';

/** DuckDB and what is added to it, in a thread of its own. */
export type Engine = {
  readonly [Name in keyof EngineRequests]: (
    request: EngineRequests[Name]['request'],
  ) => Promise<EngineRequests[Name]['answer']>;
} & { interrupt(): void };

/** Rows of a statement that are not read yet. */
interface OpenStatement {
  readonly id: number;
  readonly tally: StatementTally;
  readonly fail: (error: unknown) => QualmError;
  next(): Promise<readonly ColumnData[] | null>;
  length: number;
}

interface Parts {
  readonly lib: DuckDb;
  readonly database: Database;
  readonly models: ModelTable;
  readonly cache: PredictionCache;
  readonly predictor: Predictor;
  readonly scripts: ScriptReader;
}

/** @throws QualmError `io` for a database that cannot be opened, `backend-unavailable` without DuckDB. */
export function createEngine(data: EngineData): Engine {
  const calls = createHostCalls(data);
  let parts: Parts | null = null;
  let open: OpenStatement | null = null;
  let last = 0;

  const ready = (): Parts => {
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
      const scripts = createScriptReader(data.dialect, {
        formOf: (name) => models.get(name)?.form ?? null,
        models: () => models.names(),
        translate: null,
      });
      registerPredictFunctions(lib, database.connection, predictor);
      registerImageSources(lib, database.connection, calls, predictor);
      await registerPredictionSource(lib, database.connection, calls, predictor);
      await registerFunctions(lib, database.connection, {
        cropImages: createCropImages(calls, predictor, data.cwd),
        failWith: (error) => predictor.failWith(error),
      });
      parts = { lib, database, models, cache, predictor, scripts };
      return null;
    },
    async run(request) {
      open = null;
      const statements = await ready().scripts.read(request.text);
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
      const { lib, database, predictor } = ready();
      await registerUserFunction(lib, database.connection, request, calls, predictor);
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

interface Started extends Omit<OpenStatement, 'id'> {
  readonly columns: readonly SqlColumn[];
  readonly changed: number | null;
}

async function startStatement(
  parts: Parts,
  calls: ReturnType<typeof createHostCalls>,
  statement: ScriptStatement,
  { text: script, parameters, onError }: RunRequest,
): Promise<Started> {
  const { lib, database, models, predictor } = parts;
  let placeOf: (byte: number) => number | null = () => null;
  const fail = (error: unknown): QualmError => errorOfDuckDb(predictor.failure ?? error, script, placeOf);
  const tally = predictor.begin(onError);
  try {
    const prepared: PreparedStatement = statement.model
      ? await runModelStatement(statement.model, models, calls)
      : statement.prepare();
    const { text } = prepared;
    if (prepared.placeOf) placeOf = prepared.placeOf;
    const analyses = /^\s*explain\s*(\(\s*)?analy[sz]e/i.test(text);
    if (/^\s*explain\b/i.test(text) && !analyses) predictor.explain();
    const result = await streamOf(lib, database.connection, text, prepared.values ?? parameters);
    const rows = chunksOf(lib, result);
    const started: Started = {
      ...{ tally, fail, length: 0, columns: columnsOf(result), changed: changedBy(lib, result) },
      next: analyses ? withTally(rows, tally) : rows,
    };
    return isLazy(lib, result) ? started : await settled(started);
  } catch (error) {
    throw fail(error);
  }
}

/** @param parameters by place or by name. */
function streamOf(lib: DuckDb, connection: DuckDBConnection, text: string, parameters: unknown): Promise<DuckDBResult> {
  if (parameters === undefined) return connection.stream(text);
  if (Array.isArray(parameters))
    return connection.stream(
      text,
      parameters.map((value, at) => toDuckDbValue(lib, value, `parameter ${at + 1}`)),
      parameters.map((value) => typeOfParameter(lib, value)) as DuckDBType[],
    );
  const entries = Object.entries(parameters as object) as [string, unknown][];
  return connection.stream(
    text,
    Object.fromEntries(entries.map(([name, value]) => [name, toDuckDbValue(lib, value, `parameter "${name}"`)])),
    Object.fromEntries(entries.map(([name, value]) => [name, typeOfParameter(lib, value)])),
  );
}

function columnsOf(result: DuckDBResult): readonly SqlColumn[] {
  const names = result.deduplicatedColumnNames();
  return result.columnTypes().map((type, at) => ({ name: names[at]!, type: String(type) }));
}

function changedBy({ ResultReturnType }: DuckDb, result: DuckDBResult): number | null {
  return result.returnType === ResultReturnType.CHANGED_ROWS ? result.rowsChanged : null;
}

/** Whether rows may come as they are asked for: what changes something is done to its end. */
function isLazy({ StatementType }: DuckDb, { statementType }: DuckDBResult): boolean {
  return statementType === StatementType.SELECT || statementType === StatementType.EXPLAIN;
}

function chunksOf(lib: DuckDb, result: DuckDBResult): OpenStatement['next'] {
  const types = result.columnTypes();
  return async () => {
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk) return null;
      const { rowCount } = chunk;
      if (rowCount === 0) return null;
      return types.map((type, column) =>
        readColumn(lib, lib.bindings.data_chunk_get_vector(chunk.chunk, column), type, rowCount),
      );
    }
  };
}

/** The rows of a statement that was run to its end. */
async function settled(started: Started): Promise<Started> {
  const batches: (readonly ColumnData[])[] = [];
  for (let batch = await started.next(); batch; batch = await started.next()) batches.push(batch);
  return { ...started, next: () => Promise.resolve(batches.shift() ?? null) };
}

async function drain({ next, fail }: Started): Promise<void> {
  try {
    while (await next());
  } catch (error) {
    throw fail(error);
  }
}

/** After the rows of EXPLAIN ANALYZE one of what the models did. */
function withTally(next: OpenStatement['next'], tally: StatementTally): OpenStatement['next'] {
  let isTold = false;
  return async () => {
    const batch = await next();
    if (batch || isTold) return batch;
    isTold = true;
    return explainTally(tally);
  };
}

function lengthOf(batch: readonly ColumnData[] | null): number {
  const first = batch?.[0];
  if (!first) return 0;
  if (first.kind === 'list') return first.starts.length;
  if (first.kind !== 'struct') return first.values.length;
  return lengthOf(first.children);
}
