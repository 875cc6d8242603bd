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

/** Numbers of a raw output that become scores, and what they have to be for that. */
export interface RawScores {
  /** The output's name, or the names of several. */
  readonly output: string;
  readonly matrix: ScoreMatrix;
  /** `scores` lie in 0..1; of `logits` an activation makes such; `numbers` are finite. */
  readonly wanted: 'scores' | 'logits' | 'numbers';
}
