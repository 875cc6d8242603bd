import { BoxShapes } from '@qualm/types';
import type { BoxShapeArrays, Detections } from '@qualm/types';

/** The arrays of what a model found in one image, on their way between threads. */
export interface ImageRows extends Pick<Detections, 'boxes' | 'scores' | 'labelIds'> {
  /** 0 for plain detections. */
  readonly numClasses: number;
  /** What stands beside its boxes. */
  readonly shapes?: BoxShapeArrays;
}

/** Bytes that the rows of an image take. */
export function bytesOf(rows: ImageRows): number {
  return buffersOf(rows).reduce((sum, { byteLength }) => sum + byteLength, 200);
}

/** The memory that the rows of an image are in. */
export function buffersOf(rows: ImageRows): ArrayBuffer[] {
  const arrays = [rows.boxes, rows.scores, rows.labelIds];
  return [...arrays.map(({ buffer }) => buffer as ArrayBuffer), ...(shapesOf(rows)?.buffers ?? [])];
}

/** What stands beside the boxes, readable. */
export function shapesOf({ shapes, boxes }: ImageRows): BoxShapes | undefined {
  return shapes && new BoxShapes(shapes, boxes.length / 4);
}

/** How many of the boxes have a best score of this or more: rows are not sorted, so it counts them.
 */
export function keepRows(rows: ImageRows, { minScore, topK }: RowOptions): ImageRows {
  const width = Math.max(rows.numClasses, 1);
  const kept = topK === undefined ? width : Math.min(topK, width);
  if (minScore === undefined && kept === width) return rows;
  const places = Array.from({ length: rows.boxes.length / 4 }, (_, row) => row).filter(
    (row) => minScore === undefined || rows.scores[row * width]! >= minScore,
  );
  const boxes = new Float32Array(4 * places.length);
  const scores = new Float32Array(kept * places.length);
  const labelIds = new Int32Array(kept * places.length);
  places.forEach((row, at) => {
    boxes.set(rows.boxes.subarray(4 * row, 4 * row + 4), 4 * at);
    scores.set(rows.scores.subarray(row * width, row * width + kept), kept * at);
    labelIds.set(rows.labelIds.subarray(row * width, row * width + kept), kept * at);
  });
  const shapes = shapesOf(rows)?.gather(places);
  return { boxes, scores, labelIds, numClasses: rows.numClasses === 0 ? 0 : kept, ...(shapes && { shapes }) };
}

/** What one call of ML_PREDICT chooses over its model. */
export interface RowOptions {
  readonly minScore?: number;
  readonly topK?: number;
}
