import type { ImageGeometry, OutputProblem, TensorMap } from '@qualm/types';

/** Rows of one image, by score descending, whatever the head. Valid until the next call. */
export interface ScoredRows {
  readonly length: number;
  /** What is wrong with the numbers that the rows come from. */
  readonly problem: OutputProblem | null;
  score(row: number): number;
  classIndex(row: number): number;
  /** Writes all foreground scores, in the order of the labels. */
  readScores(row: number, out: Float32Array): void;
  /** Writes xmin, ymin, xmax, ymax in pixels of the original image. */
  readBox(row: number, out: Float32Array, at: number): void;
}

/** Raw outputs to rows, one image at a time. */
export interface RowReader {
  readonly outputs: readonly string[];
  /** @throws QualmError `shape-mismatch` */
  read(outputs: TensorMap, image: number, geometry: ImageGeometry): ScoredRows;
}
