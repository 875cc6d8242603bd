import type { PredictionTable } from '@qualm/datasets';
import type { ImageModel } from '@qualm/pipeline';
import { ClassScores, ClassScoresColumn, Detections, DetectionsColumn } from '@qualm/types';
import type { Prediction } from '@qualm/types';

/** What a model said of each image, as the predictions of a folder are read. */
export function memoryPredictions(
  rows: readonly Prediction[],
  { form, labels, scoreKind, task, minScore, shapes = [] }: ImageModel,
): PredictionTable {
  return {
    ...{ form, labels, fingerprint: 'memory', scoreKind, task, minScore, length: rows.length },
    ...(shapes.length > 0 && { shapes }),
    imageIdType: rows.every(({ image_id }) => typeof image_id === 'number') ? 'int64' : 'string',
    columns: {
      image_id: rows.map(({ image_id }) => image_id),
      image: rows.map(({ image }) => image),
      width: rows.map(({ size }) => size?.width ?? null),
      height: rows.map(({ size }) => size?.height ?? null),
      detections: form === 'detections' ? detectionsOf(rows) : classScoresOf(rows),
      error: rows.map(({ error }) => error),
    },
  };
}

function detectionsOf(rows: readonly Prediction[]): DetectionsColumn {
  return DetectionsColumn.from(rows.map(({ detections }) => (detections instanceof Detections ? detections : null)));
}

function classScoresOf(rows: readonly Prediction[]): ClassScoresColumn {
  return ClassScoresColumn.from(rows.map(({ detections }) => (detections instanceof ClassScores ? detections : null)));
}
