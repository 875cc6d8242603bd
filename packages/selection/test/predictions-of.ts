import type { PredictionTable } from '@qualm/datasets';
import { ClassScoresColumn, Image } from '@qualm/types';
import type { RowMeaning } from '@qualm/types';

/** An image with boxes of these scores: of cat, dog and bear. */
export interface TestImage {
  readonly id: string;
  /** Null for an image that failed. */
  readonly boxes: readonly (readonly number[])[] | null;
  readonly uri?: string;
  /** Where each box is; box k is [10k, 0, 10k + 8, 8] when absent. */
  readonly places?: readonly (readonly number[])[];
}

const labels = ['cat', 'dog', 'bear'].map((name, index) => ({ id: index + 1, name }));

/** Predictions in memory. */
export function predictionsOf(
  images: readonly TestImage[],
  meaning: Partial<RowMeaning & Pick<PredictionTable, 'labels'>> = {},
): PredictionTable {
  const rows = images.flatMap(({ boxes, places }) =>
    (boxes ?? []).map((scores, at) => ({
      box: places?.[at] ?? [10 * at, 0, 10 * at + 8, 8],
      classes: scores.map((score, label) => ({ score, id: label + 1 })).sort((a, b) => b.score - a.score),
    })),
  );
  const offsets = new Uint32Array(images.length + 1);
  images.forEach(({ boxes }, image) => (offsets[image + 1] = offsets[image]! + (boxes?.length ?? 0)));
  const detections = new ClassScoresColumn({
    ...{ offsets, numClasses: 3, valid: Uint8Array.from(images, ({ boxes }) => (boxes ? 1 : 0)) },
    boxes: Float32Array.from(rows.flatMap(({ box }) => box)),
    scores: Float32Array.from(rows.flatMap(({ classes }) => classes.map(({ score }) => score))),
    labelIds: Int32Array.from(rows.flatMap(({ classes }) => classes.map(({ id }) => id))),
  });
  const size = images.map(({ boxes }) => (boxes ? 100 : null));
  return {
    ...{ form: 'class_scores', labels, fingerprint: 'test', scoreKind: 'distribution', task: 'detection' },
    ...meaning,
    ...{ length: images.length, imageIdType: 'string' },
    columns: {
      ...{ image_id: images.map(({ id }) => id), width: size, height: size, detections },
      image: images.map(({ id, uri = `/nowhere/${id}.jpg` }) => Image.fromUri(uri)),
      error: images.map(({ boxes }) => (boxes ? null : { code: 'image-invalid', message: 'broken' })),
    },
  };
}
