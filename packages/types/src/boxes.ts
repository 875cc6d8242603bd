/** One class of a box, and how sure a model is of it. */
export interface ClassScore {
  readonly label_id: number;
  /** 0..1; NaN where nobody scored the box, as in ground truth. */
  readonly score: number;
}

/** The flat arrays of the boxes of one image: what functions over boxes take. */
export interface BoxArrays {
  /** [n, 4] xmin, ymin, xmax, ymax, in pixels of the image. */
  readonly boxes: Float32Array | Float64Array;
  /** [n, numClasses]: the classes of each box, the best one first. */
  readonly labelIds: ArrayLike<number>;
  /** [n, numClasses], 0..1, beside `labelIds`; absent where nobody scored the boxes. */
  readonly scores?: ArrayLike<number>;
  /** How many classes each box has: 1 for detections and ground truth, more for class scores.
   * Default 1.
   */
  readonly numClasses?: number;
}

/** Boxes with the scores of a model. */
export interface ScoredBoxArrays extends BoxArrays {
  readonly scores: ArrayLike<number>;
}

/** Boxes of one image, each with its class: detections, class scores, ground truth, the boxes of a
 * cell of a report. `Detections` and `ClassScores` are `Boxes`, `labelledBoxes` and `createBoxes`
 * make others. In loops over many boxes, read the arrays; `best` makes an object for each call.
 */
export interface Boxes extends BoxArrays {
  /** The number of boxes. */
  readonly length: number;
  readonly numClasses: number;
  /** The best class of a box, from 0; null where there is no such box. */
  best(row: number): ClassScore | null;
  /** The second best class of a box; null where it has only one. */
  runnerUp(row: number): ClassScore | null;
}

/** The boxes that people drew in one image. */
export interface GroundTruth extends BoxArrays {
  /** Boxes around crowds, which are not objects: a box found within one counts neither as right nor
   * as wrong.
   */
  readonly crowds?: BoxArrays;
}

/** The class of a box at a place in its order, 0 for the best; null where there is none. */
export function classAt(
  { boxes, labelIds, scores, numClasses = 1 }: BoxArrays,
  row: number,
  place: number,
): ClassScore | null {
  if (!(row >= 0 && row < boxes.length / 4 && place < numClasses)) return null;
  const at = row * numClasses + place;
  return { label_id: labelIds[at]!, score: scores ? scores[at]! : NaN };
}

/** The first of every `numClasses` values, written to `out`. */
export function firstOfEach<A extends Float32Array | Float64Array | Int32Array>(
  values: ArrayLike<number>,
  numClasses: number,
  out: A,
): A {
  for (let row = 0; row < out.length; row++) out[row] = values[row * numClasses]!;
  return out;
}
