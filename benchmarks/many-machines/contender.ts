/** The same job for everybody. */
export interface Job {
  /** A folder of photographs. */
  readonly images: string;
  /** A model spec, and the folder of its files. */
  readonly spec: string;
  readonly models: string;
  /** Boxes that score less are left out. */
  readonly minScore: number;
  /** A folder that is not there yet, for whatever is written. */
  readonly folder: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A way to run a model over a folder of photographs. */
export interface Contender {
  readonly name: string;
  /** How many cores it is given. */
  readonly cores: number;
  /** Commands that run at the same time, step after step. */
  steps(job: Job): readonly (readonly Command[])[];
  /** SQL for DuckDB: a row for each box, with `id` (the file's name), `label_id`, `score`, and
   * `xmin`, `ymin`, `xmax` and `ymax` in pixels of the photograph. */
  boxes(job: Job): string;
}
