import type { MessagePort } from 'node:worker_threads';
import type { Label, QualmErrorCode } from '@qualm/types';
import type { ColumnData } from './columns/column-data.ts';
import type { CropRequest } from './functions/crop-functions.ts';
import type { ImageRows } from './engine/image-rows.ts';
import type { RowForm } from './engine/row-form.ts';
import type { SqlColumn, SqlDialect, SqlNames } from './sql-session.ts';

/** What the thread of DuckDB is started with. */
export interface EngineData {
  readonly path: string;
  readonly readOnly: boolean;
  readonly cwd: string;
  readonly cache: { readonly maxBytes: number; readonly folder: string | null };
  /** For calls from DuckDB's functions, which wait for the answer. */
  readonly calls: MessagePort;
  /** [answers so far, whether the running query is to end, whether it has ended then]. */
  readonly bell: Int32Array;
}

/** What the session asks of the thread, and what comes back. */
export interface EngineRequests {
  open: { request: { readonly models: readonly ModelFacts[] }; answer: null };
  run: { request: RunRequest; answer: RunAnswer };
  next: { request: { readonly statement: number }; answer: NextAnswer };
  end: { request: { readonly statement: number }; answer: null };
  insert: { request: InsertRequest; answer: null };
  function: { request: FunctionRequest; answer: null };
  names: { request: null; answer: SqlNames };
  close: { request: null; answer: null };
}

export interface RunRequest {
  readonly text: string;
  readonly parameters: unknown;
  readonly onError: 'null' | 'fail';
  readonly dialect: SqlDialect;
}

export interface RunAnswer {
  readonly statement: number;
  readonly columns: readonly SqlColumn[];
  /** Rows that were changed, for statements that change some. */
  readonly changed: number | null;
}

export interface NextAnswer {
  /** Null after the last rows. */
  readonly batch: readonly ColumnData[] | null;
  readonly length: number;
  readonly cached: number;
}

/** Rows of a table of the caller's, first with its columns and their types. */
export interface InsertRequest {
  readonly name: string;
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly isFirst: boolean;
}

export interface FunctionRequest {
  readonly name: string;
  /** What the caller's thread is asked for: values of rows, or the scores of a strategy. */
  readonly ask: 'call' | 'score';
  readonly parameters: readonly string[];
  readonly returns: string;
}

/** What is known of a model without loading it. */
export interface ModelFacts extends RowForm {
  readonly name: string;
  readonly flavor: string;
  /** Null for a model that the session was given as a value. */
  readonly uri: string | null;
  readonly options: Readonly<Record<string, string>>;
  readonly task: string;
  /** Boxes whose best score is less are left out. */
  readonly minScore: number;
  readonly version: string | null;
  readonly labels: readonly Label[];
}

/** What `CREATE MODEL` says. */
export interface ModelDefinition {
  readonly name: string;
  readonly uri: string;
  readonly flavor: string | null;
  readonly modelType: string | null;
  readonly options: Readonly<Record<string, string>>;
}

/** What the thread of DuckDB asks of the caller's thread, while it waits. */
export interface HostRequests {
  resolve: { request: ModelDefinition; answer: ModelFacts };
  adopt: { request: { readonly facts: ModelFacts }; answer: null };
  drop: { request: { readonly name: string }; answer: null };
  fingerprint: { request: { readonly name: string }; answer: string };
  predict: { request: PredictRequest; answer: PredictAnswer };
  call: { request: CallRequest; answer: readonly unknown[] };
  score: { request: ScoreRequest; answer: Float64Array };
  crop: { request: CropsRequest; answer: readonly (Uint8Array | null)[] };
  images: { request: ImagesRequest; answer: ImagesAnswer };
  shards: { request: { readonly folder: string }; answer: readonly string[] };
}

export interface PredictRequest {
  readonly name: string;
  readonly images: readonly (string | Uint8Array)[];
  readonly onError: 'null' | 'fail';
  /** Images of this statement that came from the cache so far. */
  readonly cached: number;
}

/** Rows of each image, null for one that failed. */
export type PredictAnswer = readonly (ImageRows | null)[];

export interface CallRequest {
  readonly name: string;
  readonly columns: readonly (readonly unknown[])[];
}

/** Lists of scores behind each other: row i is `scores[offsets[i]]` to
 * `scores[offsets[i + 1] - 1]`.
 */
export interface ScoreRequest {
  readonly name: string;
  readonly scores: Float32Array | Float64Array;
  readonly offsets: Uint32Array;
}

export interface CropsRequest {
  readonly crops: readonly CropRequest[];
  readonly onError: 'null' | 'fail';
}

/** Opens a source; with a source and `limit` 0 begins to read it, opening it again where it is
 * gone; else reads on.
 */
export interface ImagesRequest {
  readonly open?: { readonly kind: 'images' | 'coco'; readonly values: Readonly<Record<string, unknown>> };
  readonly source?: number;
  readonly limit?: number;
}

export interface ImagesAnswer {
  readonly source: number;
  readonly length: number;
  readonly isDone: boolean;
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

/** An error on its way between threads. */
export interface ErrorData {
  readonly code: QualmErrorCode | null;
  readonly message: string;
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: ErrorData;
}
