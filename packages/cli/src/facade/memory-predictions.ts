import type { PredictionTable } from '@qualm/datasets';
import type { ImageModel } from '@qualm/pipeline';
import { ClassScores, ClassScoresColumn } from '@qualm/types';
import type { Prediction } from '@qualm/types';

/** What a model said of each image, as the predictions of a folder are read. */
export function memoryPredictions(
  rows: readonly Prediction[],
  { labels, scoreKind, task, minScore }: ImageModel<'class_scores'>,
): PredictionTable {
  const found = rows.map(({ detections }) => (detections instanceof ClassScores ? detections : null));
  return {
    ...{ form: 'class_scores', labels, fingerprint: 'memory', scoreKind, task, minScore, length: rows.length },
    imageIdType: rows.every(({ image_id }) => typeof image_id === 'number') ? 'int64' : 'string',
    columns: {
      image_id: rows.map(({ image_id }) => image_id),
      image: rows.map(({ image }) => image),
      width: rows.map(({ size }) => size?.width ?? null),
      height: rows.map(({ size }) => size?.height ?? null),
      detections: ClassScoresColumn.from(found),
      error: rows.map(({ error }) => error),
    },
  };
}
