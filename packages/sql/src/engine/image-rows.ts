import type { Detections, OutputForm } from '@qualm/types';

/** The arrays of what a model found in one image, on their way between threads. */
export interface ImageRows extends Pick<Detections, 'boxes' | 'scores' | 'labelIds'> {
  /** 0 for plain detections. */
  readonly numClasses: number;
}

/** Bytes that the rows of an image take. */
export function bytesOf({ boxes, scores, labelIds }: ImageRows): number {
  return boxes.byteLength + scores.byteLength + labelIds.byteLength + 200;
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
  return { boxes, scores, labelIds, numClasses: rows.numClasses === 0 ? 0 : kept };
}

/** What one call of ML_PREDICT chooses over its model. */
export interface RowOptions {
  readonly minScore?: number;
  readonly topK?: number;
}

/** The type of a row of a form, as DuckDB writes it. */
export function rowTypeOf(form: OutputForm): string {
  const box = 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)';
  return form === 'detections'
    ? `STRUCT(box ${box}, score FLOAT, label_id INTEGER, "label" VARCHAR)`
    : `STRUCT(box ${box}, scores FLOAT[], label_ids INTEGER[], "label" VARCHAR)`;
}
