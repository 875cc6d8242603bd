import type { ColumnTable } from 'arquero';
import type { Backends, Heads, ModelRegistry, OpenUri, ResolvedModel, Strategy, Vision } from '@qualm/types';
import type { SqlValue } from './sql-value.ts';

/** What a statement is written in. */
export type SqlDialect = 'duckdb' | 'spark';

/** How far the images of a query are. */
export interface SqlProgress {
  /** Images that the model has run on in this query. */
  readonly predicted: number;
  /** Images whose rows came from the cache. */
  readonly cached: number;
  /** Images whose prediction failed, and is NULL. */
  readonly failed: number;
  /** Images there will be, where that is known. */
  readonly total: number | null;
}

/** A function of SQL that is written in TypeScript. */
export interface SqlFunction {
  /** DuckDB's names of types, such as `INTEGER`, `FLOAT[]`, `VARCHAR`. */
  readonly parameters: readonly string[];
  readonly returns: string;
  /** Gets one value for each parameter, none of which is NULL: NULL in gives NULL out. Must not be
   * async.
   */
  readonly call: (...values: never[]) => SqlValue;
}

/** What a session is made from. Everything is optional: a session without backends has DuckDB, and
 * the functions of qualm.
 */
export interface SqlSessionOptions {
  /** A DuckDB file, created if it is missing; in memory by default. */
  readonly path?: string;
  readonly readOnly?: boolean;
  /** Backends by flavor: `{ onnx: createOnnxBackend() }`. */
  readonly backends?: Backends;
  /** `import * as vision from '@qualm/vision'`. */
  readonly vision?: Vision;
  /** The heads that specs may name, in the place of those of `vision`: `{ ...heads, mine }` with
   * its `heads`.
   */
  readonly heads?: Heads;
  /** What resolves `USING 'mlflow:/...'`, by the scheme of the URI:
   * `{ mlflow: createMlflowRegistry(...) }`.
   */
  readonly registries?: Readonly<Record<string, ModelRegistry>>;
  /** Models by name, as `readModelSpec` and registries give them, beside those that `CREATE MODEL`
   * adds.
   */
  readonly models?: Readonly<Record<string, ResolvedModel>>;
  /** Strategies of your own, by the name that they have in SQL: functions of a list of scores. */
  readonly strategies?: Readonly<Record<string, Strategy>>;
  readonly functions?: Readonly<Record<string, SqlFunction>>;
  /** `duckdb` by default; `spark` is Spark SQL as people have written it, see docs/sql-spark.md. */
  readonly dialect?: SqlDialect;
  readonly cache?: SqlCacheOptions;
  /** Opens the images that statements name by URIs of other machines, ahead of the model, such as
   * `createOpener({ allow })` of `@qualm/remote`; without it they are refused. */
  readonly open?: OpenUri;
  /** What relative paths in statements are relative to; the working directory by default. */
  readonly cwd?: string;
  /** Where the file of DuckDB's thread is; beside this package by default. For programs that are
   * bundled.
   */
  readonly worker?: URL | string;
  /** Ends the session. */
  readonly signal?: AbortSignal;
}

/** Where rows of images that were predicted before are kept. */
export interface SqlCacheOptions {
  /** Bytes in memory; 256 MiB by default. */
  readonly maxBytes?: number;
  /** A folder that outlives the session, so that a later one predicts nothing again. Needs the
   * package `lmdb`.
   */
  readonly folder?: string;
}

/** How one statement runs. */
export interface SqlQueryOptions {
  /** Cancels this statement; the session goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SqlProgress) => void;
  /** What becomes of a call of ML_PREDICT on an image that fails: NULL and a warning, by default,
   * or the error of the query.
   */
  readonly onError?: 'null' | 'fail';
  /** What this statement is written in; what the session's statements are, by default. */
  readonly dialect?: SqlDialect;
}

/** The name of a column of a result and its type as DuckDB writes it. */
export interface SqlColumn {
  readonly name: string;
  readonly type: string;
}

/** The rows of a statement as they come. Read once: by iterating, or by one of its functions. */
export interface SqlResult extends AsyncIterable<SqlBatch> {
  readonly columns: readonly SqlColumn[];
  /** How many rows an INSERT, UPDATE, DELETE or CREATE TABLE AS changed; null for others. */
  readonly changed: number | null;
  /** After the rows are read: failed images by message, things the reader should know. */
  readonly warnings: readonly string[];
  /** After the rows are read. */
  readonly progress: SqlProgress;
  /** Row objects, all of them. */
  rows(): Promise<Readonly<Record<string, SqlValue>>[]>;
  toTable(): Promise<ColumnTable>;
  /** Arrow's IPC stream format. */
  toArrow(): Promise<Uint8Array>;
}

/** Some rows of a result, by column. */
export interface SqlBatch {
  readonly length: number;
  /** A column by its place. */
  at(row: number): Readonly<Record<string, SqlValue>>;
  value(column: number, row: number): SqlValue;
}

/** Where statements run, one after the other. */
export interface SqlSession {
  /** Runs what is written; of several statements all, and gives the rows of the last.
   * @param parameters values of `?` and `$1`, or by name of `$name`.
   * @throws QualmError `query-invalid` with the place in the text, `query-failed`, `aborted`. */
  sql(
    text: string,
    parameters?: readonly SqlValue[] | Readonly<Record<string, SqlValue>>,
    options?: SqlQueryOptions,
  ): Promise<SqlResult>;
  /** Makes a table of Arquero's readable under a name, in place of what had that name. */
  register(name: string, table: ColumnTable): Promise<void>;
  /** Makes a function callable. @throws RangeError for an async function. */
  createFunction(name: string, definition: SqlFunction | Strategy): Promise<void>;
  /** Names that a statement can hold now, for completion. */
  names(): Promise<SqlNames>;
  /** Ends what runs, and frees DuckDB and the models. */
  close(): Promise<void>;
}

/** Names of tables, columns, models and functions. */
export interface SqlNames {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
  readonly models: readonly string[];
  readonly functions: readonly string[];
}
