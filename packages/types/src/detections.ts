import { toBoxShapes } from './box-shapes.ts';
import type { BoxShapeArrays, BoxShapes } from './box-shapes.ts';
import { Box2d } from './box2d.ts';
import { classAt, firstOfEach } from './boxes.ts';
import type { Boxes, ClassScore } from './boxes.ts';
import { rowShapesJson } from './row-shapes.ts';
import type { RowShapes, RowShapesJson } from './row-shapes.ts';
import { shortestFloat32 } from './shortest-float32.ts';

/** A row of `Detections`: one box with its best class, and what the model gives beside it. The box
 * is in pixels of the original image. */
export interface Detection extends ClassScore, RowShapes {
  readonly box: Box2d;
}

/** A row of `ClassScores`: one box with the scores of all its foreground classes, sorted
 * descending, label ids beside them, and what the model gives beside it. */
export interface ScoredBox extends RowShapes {
  readonly box: Box2d;
  readonly scores: Float32Array;
  readonly label_ids: Int32Array;
}

/** What a head yields for an image: each box's best class, or the whole vector of class scores. */
export type OutputForm = 'detections' | 'class_scores';

/** @deprecated `OutputForm`. */
export type HeadForm = OutputForm;

/** Rows that read like an array of objects and are stored as a few typed arrays. */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** A row of `Detections` as JSON. */
export type DetectionJson = Omit<Detection, keyof RowShapes> & RowShapesJson;

/** A row of `ClassScores` as JSON. */
export interface ScoredBoxJson extends RowShapesJson {
  readonly box: Box2d;
  readonly scores: number[];
  readonly label_ids: number[];
}

/** Detections of one image as struct-of-arrays: `boxes` [n, 4] xyxy pixels, `scores` [n],
 * `labelIds` [n], and `shapes` where the model gives more than boxes.
 * @example detections.at(0).box.width
 */
export class Detections implements Boxes, Rows<Detection> {
  readonly form = 'detections';
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  /** What stands beside each box. */
  declare readonly shapes?: BoxShapes;

  /** @throws RangeError when the lengths do not belong together. */
  constructor(boxes: Float32Array, scores: Float32Array, labelIds: Int32Array, shapes?: BoxShapeArrays) {
    assertLengths('Detections', boxes, scores.length, labelIds.length);
    this.boxes = boxes;
    this.scores = scores;
    this.labelIds = labelIds;
    if (shapes) this.shapes = toBoxShapes(shapes, scores.length)!;
  }

  get length(): number {
    return this.scores.length;
  }

  /** 1: each box has its best class. */
  get numClasses(): number {
    return 1;
  }

  /** The class of a box; null where there is no such box. */
  best(row: number): ClassScore | null {
    return classAt(this, row, 0);
  }

  /** Null: detections have one class each. */
  runnerUp(row: number): ClassScore | null {
    return classAt(this, row, 1);
  }

  at(index: number): Detection | undefined {
    const row = index < 0 ? index + this.length : index;
    if (!(row >= 0 && row < this.length)) return undefined;
    const { boxes, scores, labelIds, shapes } = this;
    return { box: boxAt(boxes, row), score: scores[row]!, label_id: labelIds[row]!, ...shapes?.at(row) };
  }

  *[Symbol.iterator](): IterableIterator<Detection> {
    for (let row = 0; row < this.length; row++) yield this.at(row)!;
  }

  /** The rows as `JSON.stringify` writes them: boxes, and the shortest decimals that read back as
   * the same float32.
   */
  toJSON(): DetectionJson[] {
    return Array.from(this, ({ box, score, label_id, ...shapes }) => ({
      ...{ box, score: shortestFloat32(score), label_id },
      ...rowShapesJson(shapes),
    }));
  }
}

/** Class scores of one image as struct-of-arrays: `boxes` [n, 4] xyxy pixels, `scores` and
 * `labelIds` [n, numClasses], each row sorted by score descending, neither filtered nor normalised,
 * and `shapes` where the model gives more than boxes.
 */
export class ClassScores implements Boxes, Rows<ScoredBox> {
  readonly form = 'class_scores';
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  readonly numClasses: number;
  /** What stands beside each box. */
  declare readonly shapes?: BoxShapes;

  /** @throws RangeError when the lengths do not belong together. */
  constructor(
    boxes: Float32Array,
    scores: Float32Array,
    labelIds: Int32Array,
    numClasses: number,
    shapes?: BoxShapeArrays,
  ) {
    if (!(Number.isInteger(numClasses) && numClasses > 0)) {
      throw new RangeError(`ClassScores: numClasses is ${numClasses}; expected a positive whole number`);
    }
    assertLengths('ClassScores', boxes, scores.length / numClasses, labelIds.length / numClasses);
    this.boxes = boxes;
    this.scores = scores;
    this.labelIds = labelIds;
    this.numClasses = numClasses;
    if (shapes) this.shapes = toBoxShapes(shapes, boxes.length / 4)!;
  }

  get length(): number {
    return this.boxes.length / 4;
  }

  /** The best class of a box; null where there is no such box. */
  best(row: number): ClassScore | null {
    return classAt(this, row, 0);
  }

  /** The second best class of a box; null where it has only one. */
  runnerUp(row: number): ClassScore | null {
    return classAt(this, row, 1);
  }

  /** The boxes, each with its best class alone. Boxes and shapes are shared, scores and labels
   * copied. */
  toDetections(): Detections {
    const { boxes, scores, labelIds, numClasses, length, shapes } = this;
    return new Detections(
      boxes,
      firstOfEach(scores, numClasses, new Float32Array(length)),
      firstOfEach(labelIds, numClasses, new Int32Array(length)),
      shapes,
    );
  }

  at(index: number): ScoredBox | undefined {
    const row = index < 0 ? index + this.length : index;
    if (!(row >= 0 && row < this.length)) return undefined;
    const from = row * this.numClasses;
    return {
      box: boxAt(this.boxes, row),
      scores: this.scores.subarray(from, from + this.numClasses),
      label_ids: this.labelIds.subarray(from, from + this.numClasses),
      ...this.shapes?.at(row),
    };
  }

  *[Symbol.iterator](): IterableIterator<ScoredBox> {
    for (let row = 0; row < this.length; row++) yield this.at(row)!;
  }

  /** The rows as `JSON.stringify` writes them: boxes and lists, of the shortest decimals that read
   * back as the same float32.
   */
  toJSON(): ScoredBoxJson[] {
    return Array.from(this, ({ box, scores, label_ids, ...shapes }) => ({
      box,
      scores: Array.from(scores, shortestFloat32),
      label_ids: Array.from(label_ids),
      ...rowShapesJson(shapes),
    }));
  }
}

/** What a head yields, by form. */
export interface HeadOutput {
  detections: Detections;
  class_scores: ClassScores;
}

function boxAt(boxes: Float32Array, row: number): Box2d {
  return new Box2d(boxes[4 * row]!, boxes[4 * row + 1]!, boxes[4 * row + 2]!, boxes[4 * row + 3]!);
}

function assertLengths(where: string, boxes: Float32Array, scores: number, labels: number): void {
  if (boxes.length !== 4 * scores || scores !== labels) {
    throw new RangeError(
      `${where}: ${boxes.length / 4} boxes, ${scores} scores, ${labels} labels; expected as many of each`,
    );
  }
}
