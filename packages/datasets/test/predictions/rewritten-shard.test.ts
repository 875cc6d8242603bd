import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
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

it('a shard that pyarrow rewrote is read by its columns in its folder, with a warning, and stays when the run goes on', async () => {
  const folder = await temporaryFolder();
  const { fingerprint } = await readPredictions(path('detections-zstd.parquet'));
  const options = { form: 'detections', labels, fingerprint, rowsPerShard: rows } as const;
  const sink = await createParquetSink(folder, options);
  for (let index = 0; index < rows; index++) await sink.write(examplePrediction('detections', index));
  await sink.close();
  await cp(path('detections-zstd.parquet'), join(folder, 'part-00000.parquet'));
  const warnings: string[] = [];
  const { length } = await readPredictions(folder, { onWarning: (warning) => warnings.push(warning) });
  expect({ length, warnings }).toEqual({
    length: rows,
    warnings: [expect.stringMatching(/part-00000\.parquet" was rewritten by another tool; .* was not checked/)],
  });
  const resumed = await createParquetSink(folder, { ...options, resume: true });
  expect(resumed.stored).toBe(rows);
  await resumed.close();
});
