import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

async function store(folder: string): Promise<void> {
  const sink = await createParquetSink(folder, { form: 'detections', labels, fingerprint: 'x' });
  await sink.write(examplePrediction('detections', 0));
  await sink.close();
}

it('readPredictions looks one folder down for the one set that is there', async () => {
  const folder = await temporaryFolder();
  await expect(readPredictions(folder)).rejects.toThrow('has no _qualm.json, and no folder in it has one');
  await store(join(folder, 'predictions'));
  expect((await readPredictions(folder)).length).toBe(1);
  await store(join(folder, 'others'));
  await expect(readPredictions(folder)).rejects.toThrow(/several folders in it have one: .*others.*predictions/);
});
