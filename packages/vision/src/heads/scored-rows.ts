import type { BoxShapes, ImageGeometry, OutputProblem, ShapeKind, TensorMap } from '@qualm/types';

/** Rows of one image, by score descending, whatever the head. Valid until the next call. */
export interface ScoredRows {
  readonly length: number;
  /** What is wrong with the numbers that the rows come from. */
  readonly problem: OutputProblem | null;
  score(row: number): number;
  classIndex(row: number): number;
  /** Writes all foreground scores of so many rows, [count, classes], in the order of the labels. */
  readScores(first: number, count: number, out: Float32Array): void;
  /** Writes xmin, ymin, xmax, ymax in pixels of the original image. */
  readBox(row: number, out: Float32Array, at: number): void;
  /** What stands beside the first rows, as many as there are boxes [n, 4] of theirs, in pixels of
   * the original image. */
  readonly readShapes?: (boxes: Float32Array) => BoxShapes;
}

/** Raw outputs to rows, one image at a time. */
export interface RowReader {
  readonly outputs: readonly string[];
  readonly shapes: readonly ShapeKind[];
  /** @throws QualmError `shape-mismatch` */
  read(outputs: TensorMap, image: number, geometry: ImageGeometry): ScoredRows;
}
