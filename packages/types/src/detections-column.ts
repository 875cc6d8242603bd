import type { BoxShapeArrays, BoxShapes } from './box-shapes.ts';
import type { Column } from './column.ts';
import { Detections } from './detections.ts';
import { assertRowOffsets, createGrowingArray, rowAt } from './flat-rows.ts';
import type { RowOffsets } from './flat-rows.ts';
import { createShapeParts } from './shape-parts.ts';

/** The arrays of a `DetectionsColumn`: `boxes` [m, 4] xyxy pixels, `scores` [m], `labelIds` [m]
 * over all rows.
 */
export interface DetectionsColumnArrays extends RowOffsets {
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  /** What stands beside each of the m boxes. */
  readonly shapes?: BoxShapeArrays | undefined;
}

/** The detections of many images as a few typed arrays; a row is a view, made when it is read, and
 * null for a broken image.
 * @example DetectionsColumn.from([detections, null]).at(1) // null
 */
export class DetectionsColumn implements Column<Detections | null>, DetectionsColumnArrays {
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  readonly labelIds: Int32Array;
  readonly offsets: Uint32Array;
  readonly valid: Uint8Array;
  declare readonly shapes?: BoxShapes;

  /** @throws RangeError when the lengths do not belong together. */
  constructor({ boxes, scores, labelIds, offsets, valid, shapes }: DetectionsColumnArrays) {
    const all = new Detections(boxes, scores, labelIds, shapes);
    assertRowOffsets('DetectionsColumn', { offsets, valid }, all.length);
    this.boxes = boxes;
    this.scores = scores;
    this.labelIds = labelIds;
    this.offsets = offsets;
    this.valid = valid;
    if (all.shapes) this.shapes = all.shapes;
  }

  /** Copies rows, read once and in order, into one column.
   * @throws RangeError where a row has shapes that another lacks.
   */
  static from(rows: Iterable<Detections | null>): DetectionsColumn {
    const boxes = createGrowingArray(Float32Array);
    const scores = createGrowingArray(Float32Array);
    const labelIds = createGrowingArray(Int32Array);
    const offsets = createGrowingArray(Uint32Array);
    const valid = createGrowingArray(Uint8Array);
    const shapes = createShapeParts();
    let end = 0;
    offsets.append([end]);
    for (const row of rows) {
      if (row !== null) {
        boxes.append(row.boxes);
        scores.append(row.scores);
        labelIds.append(row.labelIds);
        shapes.add(row);
        end += row.length;
      }
      offsets.append([end]);
      valid.append([row === null ? 0 : 1]);
    }
    return new DetectionsColumn({
      boxes: boxes.finish(),
      scores: scores.finish(),
      labelIds: labelIds.finish(),
      offsets: offsets.finish(),
      valid: valid.finish(),
      shapes: shapes.join(),
    });
  }

  get length(): number {
    return this.valid.length;
  }

  /** The boxes of all images as one value, sharing this column's memory. */
  get all(): Detections {
    return new Detections(this.boxes, this.scores, this.labelIds, this.shapes);
  }

  /** The detections of one image, sharing this column's memory; null where there are none to have,
   * undefined outside.
   */
  at(index: number): Detections | null | undefined {
    const row = rowAt(index, this.length);
    if (row < 0) return undefined;
    if (this.valid[row] === 0) return null;
    const from = this.offsets[row]!;
    const to = this.offsets[row + 1]!;
    return new Detections(
      this.boxes.subarray(4 * from, 4 * to),
      this.scores.subarray(from, to),
      this.labelIds.subarray(from, to),
      this.shapes?.slice(from, to),
    );
  }

  *[Symbol.iterator](): IterableIterator<Detections | null> {
    for (let row = 0; row < this.length; row++) yield this.at(row) as Detections | null;
  }
}
