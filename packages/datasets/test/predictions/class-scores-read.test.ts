import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createParquetSink, readPredictions } from '@qualm/datasets';
import { ClassScores, Image } from '@qualm/types';
import type { Label, Prediction } from '@qualm/types';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const labels: readonly Label[] = [3, 1, 900].map((id) => ({ id, name: `label ${id}` }));

async function stored(images: readonly (readonly number[])[]): Promise<string> {
  const folder = await temporaryFolder();
  const sink = await createParquetSink(folder, { form: 'class_scores', labels, fingerprint: 'test', rowsPerShard: 2 });
  for (const [index, widths] of images.entries()) await sink.write(prediction(index, widths));
  await sink.close();
  return folder;
}

/** @param widths scores of each box. */
function prediction(index: number, widths: readonly number[]): Prediction {
  const [numClasses = labels.length] = widths;
  const cells = widths.length * numClasses;
  const boxes = Float32Array.from({ length: 4 * widths.length }, (_, at) => at % 4);
  const scores = Float32Array.from({ length: cells }, (_, at) => 1 - (at % numClasses) / 4 - index / 100);
  const labelIds = Int32Array.from({ length: cells }, (_, at) => labels[(at + index) % numClasses]!.id);
  return {
    index,
    image_id: `${index}.jpg`,
    image: Image.fromUri(`${index}.jpg`),
    size: { width: 4, height: 4 },
    detections: new ClassScores(boxes, scores, labelIds, numClasses),
    error: null,
  };
}

describe('class scores that were stored', () => {
  it.each([
    ['of all labels', [[3, 3], [], [3], [3, 3, 3], []]],
    ['of fewer than there are labels', [[2, 2], [2], [], [2, 2, 2]]],
    ['of no box at all', [[], [], []]],
  ])('%s are what a reader that knows no predictions reads', async (_name, images) => {
    const folder = await stored(images);
    const { columns } = await readPredictions(folder);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.parquet')).sort();
    const rows: (readonly object[])[] = [];
    for (const name of files) {
      const file = await asyncBufferFromFile(join(folder, name));
      rows.push(...(await parquetReadObjects({ file })).map((row) => row['detections'] as object[]));
    }
    expect(rows).toHaveLength(images.length);
    expect([...columns.detections].map((row) => [...row!].map(plain))).toEqual(rows.map((row) => row.map(plain)));
  });

  it('are refused where boxes have vectors of several lengths, even where their mean is whole', async () => {
    const folder = await stored([
      [1, 1],
      [3, 3],
    ]);
    await expect(readPredictions(folder)).rejects.toThrow(/vectors of scores of several lengths/);
  });
});

function plain(box: object): { readonly scores: number[]; readonly ids: number[] } {
  const { scores, label_ids: ids } = box as { readonly scores: Iterable<number>; readonly label_ids: Iterable<number> };
  return { scores: [...scores], ids: [...ids] };
}
