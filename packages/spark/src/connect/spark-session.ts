import type { ColumnTable } from 'arquero';
import type { SqlBatch, SqlValue } from '@qualm/sql';

/** A session on a Spark Connect server: its temporary views, settings and uploads are its own. */
export interface SparkSession {
  /** The server's name of the session, which is the folder of its uploads on executors; null where
   * the server does not say it, as Spark 3.5 does not.
   */
  readonly serverSessionId: string | null;
  /** Spark's version, such as `4.3.0`. */
  readonly version: string;
  /** Runs one statement. A command (CREATE TABLE AS, SET, INSERT) is done when the promise is; of
   * a query the rows come as they are read.
   * @throws QualmError `query-invalid` where Spark cannot read or resolve the text, `query-failed`
   * where running it failed (both have Spark's error as `cause`, a `SparkError`), `aborted`,
   * `access-denied`, `spark-unavailable`.
   * @example await session.sql('SELECT :n + 1 AS m', { parameters: { n: 1 } })
   */
  sql(text: string, options?: SparkSqlOptions): Promise<SparkResult>;
  /** Puts a file beside the tasks of this session.
   * @throws QualmError `io` where it cannot be read or the server has another under that name.
   */
  uploadFile(source: UploadSource, options?: UploadOptions): Promise<Upload>;
  /** Puts an archive (.tgz, .tar.gz, .zip, .jar) beside the tasks, unpacked in a folder.
   * @throws QualmError `io` where it cannot be read or the server has another under that name.
   */
  uploadArchive(source: UploadSource, options?: UploadArchiveOptions): Promise<Upload>;
  /** Cancels every statement of the session that runs. */
  interrupt(): Promise<void>;
  /** Cancels what runs, frees the session on the server, and hangs up. */
  close(): Promise<void>;
}

/** A value of a parameter. */
export type SparkParameter = null | boolean | number | bigint | string | Date | Uint8Array | readonly SparkParameter[];

/** How one statement runs. */
export interface SparkSqlOptions {
  /** Values of `:name`, or of `?` by place. Whole numbers are INT or BIGINT, others DOUBLE, dates
   * TIMESTAMP, bytes BINARY, arrays ARRAY.
   */
  readonly parameters?: Readonly<Record<string, SparkParameter>> | readonly SparkParameter[];
  /** Cancels this statement; the session goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SparkProgress) => void;
  /** Milliseconds without a running or finished task after which the statement is cancelled: no
   * executor takes its tasks. 60,000 by default; Infinity waits for ever.
   */
  readonly stallTimeout?: number;
}

/** How far a statement is. */
export interface SparkProgress {
  readonly tasks: number;
  readonly completedTasks: number;
  readonly runningTasks: number;
  readonly stages: readonly SparkStage[];
}

/** How far a stage of a statement is. */
export interface SparkStage {
  readonly id: number;
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
  readonly isDone: boolean;
}

/** The rows of a statement as they come. Read once: by iterating, or by one of its functions. */
export interface SparkResult extends AsyncIterable<SqlBatch> {
  readonly columns: readonly SparkColumn[];
  /** Row objects, all of them. */
  rows(): Promise<Readonly<Record<string, SqlValue>>[]>;
  toTable(): Promise<ColumnTable>;
  /** Ends the statement, and frees its rows on the server. After all rows are read it does nothing.
   */
  close(): Promise<void>;
}

/** The name of a column and its type as Spark writes it, such as `array<float>`. */
export interface SparkColumn {
  readonly name: string;
  readonly type: string;
}

/** Bytes, or the path of a file. */
export type UploadSource = Uint8Array | string;

/** How a file is uploaded. */
export interface UploadOptions {
  /** What it is called there; the name of the file by default. Spark refuses other bytes under a
   * name that it has: put a hash of the content into it.
   */
  readonly name?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (sent: { readonly bytes: number; readonly total: number }) => void;
}

/** How an archive is uploaded. */
export interface UploadArchiveOptions extends UploadOptions {
  /** The folder that it is unpacked in; its name without the ending by default. */
  readonly folder?: string;
}

/** Something that tasks find. */
export interface Upload {
  /** The name of the file, or of the folder of an archive. */
  readonly name: string;
  /** Where tasks find it from their working folder, where Spark keeps sessions apart; of a server
   * that does not say its session's name the `name`. Look in both.
   */
  readonly path: string;
  /** Whether bytes were sent: not where this session has sent the same before. */
  readonly isSent: boolean;
}
