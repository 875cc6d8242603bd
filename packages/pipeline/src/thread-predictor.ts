import { ClassScores, Detections, QualmError } from '@qualm/types';
import type { BatchPredictor } from './batch-predictor.ts';
import type { AskThreads } from './image-road.ts';
import type { IndexedRecord } from './image-records.ts';
import type { TravellingBatch, TravellingImage, TravellingRow } from './image-thread.ts';
import { toRowError } from './row-error.ts';

/** A predictor whose images go all the way in the thread of a session: no tensor travels, and this
 * thread is free. A run that fails makes rows with an error of its whole batch; only an abort and a
 * dead backend are thrown.
 */
export function createThreadPredictor<T extends object>(ask: AskThreads, batchSize: number): BatchPredictor<T> {
  return async (items, signal) => {
    try {
      const batch: TravellingBatch = { images: items.map(toTravel), batchSize };
      const rows = await ask<TravellingBatch, readonly TravellingRow[]>(batch, { signal });
      return items.map(({ index, record: { image_id, image } }, position) => {
        const { size, detections, error, warning } = rows[position]!;
        const output = detections && (rowsOf(detections) as object as T);
        return { index, image_id, image, size, detections: output, error, ...(warning && { warning }) };
      });
    } catch (error) {
      if (signal.aborted || QualmError.is(error, 'backend-unavailable')) throw error;
      const failed = toRowError(error, 'predict-failed');
      return items.map(({ index, record: { image_id, image, error: known } }) => {
        return { index, image_id, image, size: null, detections: null, error: known ?? failed };
      });
    }
  };
}

function toTravel({ record: { image, error }, bytes }: IndexedRecord): TravellingImage {
  return { uri: image.uri, bytes: image.uri === null ? image.bytes : (bytes ?? null), ...(error && { error }) };
}

function rowsOf(rows: NonNullable<TravellingRow['detections']>): Detections | ClassScores | Float32Array {
  if (rows instanceof Float32Array) return rows;
  const { boxes, scores, labelIds, shapes } = rows;
  if (rows.form === 'detections') return new Detections(boxes, scores, labelIds, shapes);
  return new ClassScores(boxes, scores, labelIds, rows.numClasses, shapes);
}
