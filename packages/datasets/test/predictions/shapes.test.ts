import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputForm, ShapeKind } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import {
  createNdjsonSink,
  createParquetSink,
  readPredictionInfo,
  readPredictions,
  readPredictionShards,
  writeCocoResults,
} from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { labels } from './example-predictions.ts';
import { allShapes, shapedPrediction, shapesOf } from './shaped-predictions.ts';

async function store(folder: string, form: OutputForm, rows: number, resume = false): Promise<void> {
  const options = { form, labels, fingerprint: 'run', rowsPerShard: 6, shapes: allShapes, resume };
  const sink = await createParquetSink(folder, options);
  for (let index = 0; index < rows; index++)
    if (!sink.isStored!(index)) await sink.write(shapedPrediction(form, index));
  if (rows === 20) await sink.close();
  else await sink.abort();
}

describe.each(['detections', 'class_scores'] as const)('createParquetSink(%s) with shapes', (form) => {
  it('stores what readers give back', async () => {
    const folder = await temporaryFolder();
    await store(folder, form, 20);
    const { columns, shapes, manifest } = await readPredictions(folder);
    expect([shapes, manifest!.shapes]).toEqual([allShapes, allShapes]);
    for (let index = 0; index < 20; index++) {
      const { detections } = shapedPrediction(form, index);
      const found = columns.detections.at(index)!;
      expect(JSON.stringify(found)).toBe(JSON.stringify(detections));
      expect([...(found ?? [])].map(({ mask }) => mask!.area)).toEqual(
        [...(detections ?? [])].map(({ mask }) => mask!.area),
      );
    }
    for await (const { boxes } of readPredictionShards(folder)) expect(boxes.shapes!.length).toBe(boxes.length);
    expect((await readPredictionInfo(join(folder, 'part-00001.parquet'))).shapes).toEqual(allShapes);
  });

  it('a run that is resumed ends in the bytes of one that is not', async () => {
    const [whole, stopped] = [await temporaryFolder(), await temporaryFolder()];
    await store(whole, form, 20);
    await store(stopped, form, 9);
    await store(stopped, form, 20, true);
    const names = (await readdir(whole)).filter((name) => name.endsWith('.parquet'));
    expect(names).toHaveLength(4);
    for (const name of names) expect(await readFile(join(stopped, name))).toEqual(await readFile(join(whole, name)));
  });
});

it('a sink that was made for other shapes says so', async () => {
  const make = async (shapes: readonly ShapeKind[]) =>
    createParquetSink(await temporaryFolder(), { form: 'detections', labels, fingerprint: 'run', shapes });
  const sink = await make(['mask']);
  await expect(sink.write(shapedPrediction('detections', 1))).rejects.toThrow(
    'image 1 has mask and keypoints and rotated_box beside its boxes, the sink was made for mask; give the sink the `shapes`',
  );
  await sink.abort();
  const none = await make([]);
  await expect(none.write(shapedPrediction('detections', 1, ['mask']))).rejects.toThrow(
    'the sink was made for nothing',
  );
  await none.abort();
  const masks = await make(['mask']);
  const other = { ...shapedPrediction('detections', 1, ['mask']), size: { width: 5, height: 5 } };
  await expect(masks.write(other)).rejects.toThrow('image 1 is 5 x 5 pixels, and a mask of it is of another size');
  await masks.abort();
});

it('lines of JSON and COCO results have them', async () => {
  const lines: string[] = [];
  const row = shapedPrediction('class_scores', 2);
  await createNdjsonSink((line) => void lines.push(line)).write(row);
  const [first] = (JSON.parse(lines[0]!) as { detections: Record<string, unknown>[] }).detections;
  const mask = shapesOf(2, 2, allShapes).at(0).mask!;
  expect(first).toMatchObject({
    mask: { size: [16, 22], counts: mask.toCocoString() },
    keypoints: [2, 0, 0.5, 0.1, 3, null],
    rotated_box: { cx: 2, cy: 0, width: 7.5, height: 3, angle: 0 },
  });

  const path = join(await temporaryFolder(), 'results.json');
  await writeCocoResults(path, { image_id: [2], detections: [row.detections] });
  const [result] = JSON.parse(await readFile(path, 'utf8')) as unknown[];
  expect(result).toMatchObject({
    segmentation: { size: [16, 22], counts: mask.toCocoString() },
    keypoints: [2, 0, 0.5, 0.1, 3, 1],
  });
});
