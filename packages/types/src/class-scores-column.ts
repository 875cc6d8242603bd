import type { BoxShapes } from './box-shapes.ts';
import { toBoxShapes } from './box-shapes.ts';
import type { Column } from './column.ts';
import { ClassScores } from './detections.ts';
import { assertRowOffsets, createGrowingArray, rowAt } from './flat-rows.ts';
import { createShapeParts } from './shape-parts.ts';
import type { DetectionsColumnArrays } from './detections-column.ts';

/** The arrays of a `ClassScoresColumn`: as of detections, with `scores` and `labelIds` [m,
 * numClasses].
 */
export interface ClassScoresColumnArrays extends DetectionsColumnArrays {
  /** Scores of each box; 0 only where no row has a value. */
  readonly numClasses: number;
}

/** The class scores of many images as a few typed arrays; a row is a view, made when it is read,
 * and null for a broken image.
 * @example ClassScoresColumn.from([classScores, null]).at(1) // null
 */
export class ClassScoresColumn implements Column<ClassScores | null>, ClassScoresColumnArrays {
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  readonly offsets: Uint32Array;
  readonly valid: Uint8Array;
  readonly numClasses: number;
  declare readonly shapes?: BoxShapes;

  /** @throws RangeError when the lengths do not belong together. */
  constructor({ boxes, scores, labelIds, offsets, valid, numClasses, shapes }: ClassScoresColumnArrays) {
    if (numClasses !== 0 || valid.includes(1)) new ClassScores(boxes, scores, labelIds, numClasses);
    assertRowOffsets('ClassScoresColumn', { offsets, valid }, boxes.length / 4);
    this.boxes = boxes;
    this.scores = scores;
    this.labelIds = labelIds;
    this.offsets = offsets;
    this.valid = valid;
    this.numClasses = numClasses;
    if (shapes) this.shapes = toBoxShapes(shapes, boxes.length / 4)!;
  }

  /** Copies rows, read once and in order, into one column.
   * @throws RangeError when two rows differ in `numClasses`, or a row has shapes that another
   * lacks. */
  static from(rows: Iterable<ClassScores | null>): ClassScoresColumn {
    const boxes = createGrowingArray(Float32Array);
    const scores = createGrowingArray(Float32Array);
    const labelIds = createGrowingArray(Int32Array);
    const offsets = createGrowingArray(Uint32Array);
    const valid = createGrowingArray(Uint8Array);
    const shapes = createShapeParts();
    let numClasses = 0;
    let end = 0;
    let index = 0;
    offsets.append([end]);
    for (const row of rows) {
      if (row !== null) {
        numClasses = sameNumClasses(numClasses, row.numClasses, index);
        boxes.append(row.boxes);
        scores.append(row.scores);
        labelIds.append(row.labelIds);
        shapes.add(row);
        end += row.length;
      }
      offsets.append([end]);
      valid.append([row === null ? 0 : 1]);
      index++;
    }
    return new ClassScoresColumn({
      boxes: boxes.finish(),
      scores: scores.finish(),
      labelIds: labelIds.finish(),
      offsets: offsets.finish(),
      valid: valid.finish(),
      numClasses,
      shapes: shapes.join(),
    });
  }

  get length(): number {
    return this.valid.length;
  }

  /** The boxes of all images as one value, sharing this column's memory. */
  get all(): ClassScores {
    return new ClassScores(this.boxes, this.scores, this.labelIds, Math.max(1, this.numClasses), this.shapes);
  }

  /** The class scores of one image, sharing this column's memory; null where there are none to
   * have, undefined outside.
   */
  at(index: number): ClassScores | null | undefined {
    const row = rowAt(index, this.length);
    if (row < 0) return undefined;
    if (this.valid[row] === 0) return null;
    const from = this.offsets[row]!;
    const to = this.offsets[row + 1]!;
    return new ClassScores(
      this.boxes.subarray(4 * from, 4 * to),
      this.scores.subarray(this.numClasses * from, this.numClasses * to),
      this.labelIds.subarray(this.numClasses * from, this.numClasses * to),
      this.numClasses,
      this.shapes?.slice(from, to),
    );
  }

  *[Symbol.iterator](): IterableIterator<ClassScores | null> {
    for (let row = 0; row < this.length; row++) yield this.at(row) as ClassScores | null;
  }
}

function sameNumClasses(known: number, found: number, row: number): number {
  if (known !== 0 && known !== found) {
    throw new RangeError(
      `ClassScoresColumn.from: row ${row} has ${found} classes, rows before it ${known}; expected one number`,
    );
  }
  return found;
}
