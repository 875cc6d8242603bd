import type { DuckDBResult } from '@duckdb/node-api';
import type { QualmError } from '@qualm/types';
import type { ColumnData } from '../columns/column-data.ts';
import { readColumn } from '../columns/read-column.ts';
import type { RunRequest } from '../protocol.ts';
import type { SqlColumn } from '../sql-session.ts';
import type { Database } from './database.ts';
import { errorOfDuckDb } from './duckdb-error.ts';
import type { ErrorReading } from './duckdb-error.ts';
import { explainTally } from './explain-tally.ts';
import type { HostCalls } from './host-calls.ts';
import type { DuckDb } from './load-duckdb.ts';
import { runModelStatement } from './model-statements.ts';
import type { PreparedStatement } from './model-statements.ts';
import type { ModelTable } from './model-table.ts';
import type { PredictionCache } from './prediction-cache.ts';
import type { Predictor, StatementTally } from './predictor.ts';
import type { ScriptReaders } from './script-readers.ts';
import type { ScriptStatement } from './script.ts';
import { startText } from './start-text.ts';
import type { ThreadLimit } from './thread-limit.ts';

/** Rows of a statement that are not read yet. */
export interface OpenStatement {
  readonly tally: StatementTally;
  readonly fail: (error: unknown) => QualmError;
  next(): Promise<readonly ColumnData[] | null>;
  length: number;
}

/** What statements run in. */
export interface EngineParts {
  readonly lib: DuckDb;
  readonly database: Database;
  readonly threads: ThreadLimit;
  readonly models: ModelTable;
  readonly cache: PredictionCache;
  readonly predictor: Predictor;
  readonly scripts: ScriptReaders;
}

/** A statement that runs, or has run. */
export interface StartedStatement extends OpenStatement {
  readonly columns: readonly SqlColumn[];
  readonly changed: number | null;
}

/** @param statement one of the script, whose model statements were done before. */
export async function startStatement(
  parts: EngineParts,
  calls: HostCalls,
  statement: ScriptStatement,
  { text: script, parameters, onError }: RunRequest,
): Promise<StartedStatement> {
  const { lib, database, threads, models, predictor } = parts;
  let errors: ErrorReading = { placeOf: () => null };
  const fail = (error: unknown): QualmError => errorOfDuckDb(predictor.failure ?? error, script, errors);
  const tally = predictor.begin(onError);
  await threads.lift();
  try {
    const prepared: PreparedStatement = statement.model
      ? await runModelStatement(statement.model, models, calls)
      : statement.prepare();
    const { text } = prepared;
    if (prepared.errors) errors = prepared.errors;
    const analyses = /^\s*explain\s*(analy[sz]e\b|\([^)]*\banaly[sz]e\b)/i.test(text);
    if (/^\s*explain\b/i.test(text) && !analyses) predictor.explain();
    const result = await startText(
      { lib, threads, connection: database.connection },
      text,
      prepared.values ?? parameters,
    );
    const rows = chunksOf(lib, result);
    const started: StartedStatement = {
      ...{ tally, fail, length: 0, columns: columnsOf(result), changed: null },
      next: analyses ? withTally(rows, tally) : rows,
    };
    if (prepared.givesRows === false || result.returnType !== lib.ResultReturnType.QUERY_RESULT)
      return { ...started, columns: [], changed: await changedBy(lib, result, rows), next: noRows };
    return isLazy(lib, result) ? started : await settled(started);
  } catch (error) {
    throw fail(error);
  }
}

function columnsOf(result: DuckDBResult): readonly SqlColumn[] {
  const names = result.deduplicatedColumnNames();
  return result.columnTypes().map((type, at) => ({ name: names[at]!, type: String(type) }));
}

const noRows = (): Promise<null> => Promise.resolve(null);

/** Reads a statement that gives no rows to its end; what it answers all the same is how many rows
 * it changed.
 */
async function changedBy(
  { ResultReturnType, StatementType }: DuckDb,
  { returnType, rowsChanged, statementType }: DuckDBResult,
  next: OpenStatement['next'],
): Promise<number | null> {
  let count: number | null = null;
  for (let batch = await next(); batch; batch = await next()) {
    const [answer] = batch;
    if (answer?.kind === 'numbers') count = Number(answer.values[0]);
  }
  if (returnType === ResultReturnType.CHANGED_ROWS) return rowsChanged;
  return statementType === StatementType.CREATE ? count : null;
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
async function settled(started: StartedStatement): Promise<StartedStatement> {
  const batches: (readonly ColumnData[])[] = [];
  for (let batch = await started.next(); batch; batch = await started.next()) batches.push(batch);
  return { ...started, next: () => Promise.resolve(batches.shift() ?? null) };
}

/** Runs a statement to its end. */
export async function drain({ next, fail }: StartedStatement): Promise<void> {
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
