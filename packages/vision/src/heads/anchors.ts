import type { RawScores } from './raw-scores.ts';

/** Class scores of one image as they lie in a raw output: class `c` of anchor `a` is at
 * `offset + a * anchorStride + c * classStride`.
 */
export interface ScoreMatrix {
  readonly data: Float32Array;
  readonly offset: number;
  readonly numAnchors: number;
  readonly numClasses: number;
  readonly anchorStride: number;
  readonly classStride: number;
}

/** How a raw value becomes a score; within one anchor larger values have larger scores. */
export interface Activation {
  /** A raw value that no score above `threshold` lies below; Infinity where the whole anchor is below it. */
  floor(anchor: number, threshold: number): number;
  score(anchor: number, raw: number): number;
}

/** One image's raw outputs: anchors that each have a box and a score for every foreground class. */
export interface Anchors {
  readonly scores: ScoreMatrix;
  readonly activation: Activation;
  /** What scores are made of, to be checked. */
  readonly raw: readonly RawScores[];
  /** For heads whose candidates are the peaks of a map. */
  readonly isPeak?: (anchor: number, classIndex: number) => boolean;
  /** Writes xmin, ymin, xmax, ymax in pixels of the model's input. */
  readBox(anchor: number, out: Float32Array, at: number): void;
}
