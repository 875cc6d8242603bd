import type { OutputForm } from '@qualm/types';
import type { SparkModel } from '../models/spark-model.ts';

/** What is predicted, with what, and where it goes. */
export interface PredictOptions {
  /** The table or view of images, such as `photos` or `db.photos`. */
  readonly from: string;
  /** Its column of ids, each there once: text, whole numbers, decimals or dates. `image_id` by
   * default.
   */
  readonly id?: string;
  /** Its column of images: paths or URIs as executors see them (STRING), or encoded pictures
   * (BINARY). `image` by default.
   */
  readonly image?: string;
  /** A model, or the name of one that `createModel` made. */
  readonly model: string | SparkModel;
  /** The table that is made. It is there when it is whole, and not before. */
  readonly into: string;
  /** One row an image, by default, or one a box; images without boxes have none of those. */
  readonly rows?: 'images' | 'boxes';
  /** How many images one task has; 500 by default. A worker takes about a second to start, and a
   * lost task is done again.
   */
  readonly imagesPerPartition?: number;
  /** Leaves out rows whose best score is below. */
  readonly minScore?: number;
  /** Keeps so many rows of an image, those of the best scores. */
  readonly topK?: number;
  /** What rows are; the model's form by default. */
  readonly form?: OutputForm;
  /** What strategies say of each image, in the column `measures`: names of qualm's, or
   * `file.mjs#export`, a file as executors see it. The worker computes them.
   */
  readonly measures?: readonly string[];
  /** Threads of a worker; 1 by default. As many as `spark.task.cpus`. */
  readonly threads?: number;
  /** Seconds after which a worker ends that nobody reads from, as after LIMIT and cancelling; 180
   * by default.
   */
  readonly stall?: number;
  /** Further arguments of `qualm-worker`, such as `['--cache', '/var/tmp/qualm']`. */
  readonly workerArguments?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PredictProgress) => void;
}

/** How far a prediction is. */
export interface PredictProgress {
  readonly phase: 'checking' | 'predicting' | 'proving';
  /** How many there are; null until they are counted. */
  readonly images: number | null;
  readonly tasks: number;
  readonly completedTasks: number;
}

/** What was predicted. */
export interface PredictedTable {
  /** The table's name as it was given. */
  readonly table: string;
  readonly images: number;
  /** Images with an error in the place of their boxes. */
  readonly failed: number;
  readonly boxes: number;
  readonly partitions: number;
  /** The fingerprint of the workers that answered. */
  readonly worker: string;
}
