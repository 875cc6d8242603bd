import type { ColumnTable } from 'arquero';
import type { SparkResult, SparkSession, SparkSqlOptions } from './connect/spark-session.ts';
import type { SparkReport } from './doctor/doctor-report.ts';
import type { SparkModel } from './models/spark-model.ts';
import type { PredictedTable, PredictOptions } from './predict/predict-options.ts';
import type { SparkRankOptions } from './predict/rank-table.ts';

/** What the doctor is told. */
export interface ExamineSparkOptions {
  /** A version of qualm that the worker's is held against. */
  readonly version?: string;
  readonly signal?: AbortSignal;
}

/** A Spark that predicts. */
export interface Spark {
  readonly session: SparkSession;
  /** Gives a model a name, in place of what had it; nothing is sent yet. */
  createModel(name: string, model: SparkModel): void;
  /** Predicts each image of a table into a new one: `image_id`, `image`, `width`, `height`,
   * `detections`, `measures` and `error`, or one row a box. An image that fails is a row with an
   * error. The table appears when it is proven: each image has one answer, of this worker.
   * @throws QualmError `dataset-invalid` for ids or images that are NULL, doubled or of other
   * types; `options-invalid` for a table that exists, `model-missing`, `predict-failed` where
   * workers do not run, `output-invalid` where they write something else, `incomplete` where
   * answers are missing or doubled, and those of `SparkSession.sql`.
   */
  predict(options: PredictOptions): Promise<PredictedTable>;
  /** Tries what predictions need, with short tasks: whether TRANSFORM runs, on how many hosts, in
   * how much memory, and what the worker says of itself. What is wrong is in the report.
   */
  examine(options?: ExamineSparkOptions): Promise<SparkReport>;
  /** The least sure boxes or images of a table that `predict` made.
   * @throws QualmError `options-invalid` for a table that it did not make.
   */
  rank(options: SparkRankOptions): Promise<ColumnTable>;
  /** Runs one statement of Spark's SQL, or one about models (`CREATE MODEL`, `SHOW MODELS`,
   * `DESCRIBE MODEL`, `DROP MODEL`). `ML_PREDICT(model, image)` is a column of rows: the images of
   * the table that its query reads from are predicted first, each once in a session, and proven as
   * `predict` does; then Spark is asked about what is stored. The strategies are functions, such
   * as `entropy(box.scores)`.
   * @throws QualmError `query-invalid` with the place of a call that cannot be done so, and what
   * `predict` and `SparkSession.sql` throw.
   */
  sql(text: string, options?: SparkSqlOptions): Promise<SparkResult>;
  /** Drops what `sql` predicted, and closes the session. */
  close(): Promise<void>;
}
