import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { box, list, optional, required, rootSchema, struct, text } from '../../src/parquet/schema-elements.ts';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictionColumns } from '../../src/predictions/read-prediction-columns.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

const edges = { xmin: 0, ymin: 0, xmax: 1, ymax: 1 };
const found = (occlusion: number | null, side: string | null) => ({ box: edges, score: 0.5, occlusion, side });

const schema = rootSchema([
  [required('image_id', 'INT64')],
  [text('camera', 'OPTIONAL')],
  [optional('night', 'BOOLEAN')],
  [optional('taken', 'INT64')],
  list(
    'detections',
    'OPTIONAL',
    struct('element', 'REQUIRED', [
      box('box', 'REQUIRED'),
      [required('score', 'FLOAT')],
      [optional('occlusion', 'DOUBLE')],
      [text('side', 'OPTIONAL')],
    ]),
  ),
]);
const data = {
  image_id: [7n, 8n, 9n, 10n],
  camera: ['front', null, 'rear', 'front'],
  night: [true, false, null, true],
  taken: [1n, 2n ** 60n, null, 3n],
  detections: [[found(0.5, 'left'), found(null, null)], null, [], [found(0.25, 'right')]],
};

/** In two row groups, as other tools may write it. */
async function joined(): Promise<string> {
  const path = join(await temporaryFolder(), 'joined.parquet');
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema });
  await writer.write({
    columnData: Object.entries(data).map(([name, values]) => ({ name, data: values })),
    rowGroupSize: 3,
  });
  await writer.finish();
  await writeFile(path, bytes.getBytes());
  return path;
}

it('readPredictionColumns(path, names) gives what images and boxes have in columns of other tools', async () => {
  const path = await joined();
  const names = ['side', 'camera', 'night', 'taken', 'occlusion', 'price'];
  expect(await readPredictionColumns(path, names)).toEqual({
    imageIds: [7, 8, 9, 10],
    columns: [
      { name: 'side', of: 'box', values: [['left', null], [], [], ['right']] },
      { name: 'camera', of: 'image', values: ['front', null, 'rear', 'front'] },
      { name: 'night', of: 'image', values: ['true', 'false', null, 'true'] },
      { name: 'taken', of: 'image', values: [1, String(2n ** 60n), null, 3] },
      { name: 'occlusion', of: 'box', values: [[0.5, null], [], [], [0.25]] },
    ],
    names: ['camera', 'night', 'taken', 'occlusion', 'side'],
  });
});

it('readPredictionColumns(path, names) has nothing of a set as qualm wrote it but sizes, over all shards', async () => {
  const folder = await temporaryFolder();
  const sink = await createParquetSink(folder, { form: 'detections', labels, fingerprint: 'x', rowsPerShard: 4 });
  const all = Array.from({ length: 10 }, (_, row) => examplePrediction('detections', row));
  for (const one of all) await sink.write(one);
  await sink.close();
  expect(await readPredictionColumns(folder, ['width', 'label'])).toEqual({
    imageIds: all.map(({ image_id }) => image_id),
    columns: [{ name: 'width', of: 'image', values: all.map(({ size }) => size?.width ?? null) }],
    names: ['width', 'height'],
  });
});
