import { expect, it } from 'vitest';
import { readPredictions } from '../../src/predictions/read-predictions.ts';
import { examplePrediction, labels } from './example-predictions.ts';

const rows = 40;
const path = (name: string): string => new URL(`../../fixtures/rewritten-shard/${name}`, import.meta.url).pathname;

it.each(['detections', 'class_scores'] as const)('readPredictions reads %s that pyarrow rewrote', async (form) => {
  const { columns, ...info } = await readPredictions(path(`${form}-zstd.parquet`));
  expect(info).toMatchObject({ length: rows, form, labels });
  for (let row = 0; row < rows; row++) {
    const { image_id, image, size, detections, error } = examplePrediction(form, row);
    expect({
      image_id: columns.image_id.at(row),
      uri: columns.image.at(row)?.uri ?? null,
      width: columns.width.at(row),
      detections: columns.detections.at(row),
      error: columns.error.at(row),
    }).toEqual({ image_id, uri: image.uri, width: size?.width ?? null, detections, error });
  }
});
