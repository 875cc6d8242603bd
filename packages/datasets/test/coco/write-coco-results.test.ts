import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ClassScores, Detections } from '@qualm/types';
import { writeCocoResults } from '../../src/coco/write-coco-results.ts';
import { cocoLabels91 } from '@qualm/types/labels';
import { temporaryFolder } from '../temporary-folder.ts';

async function results(
  ...args: [Parameters<typeof writeCocoResults>[1], Parameters<typeof writeCocoResults>[2]?]
): Promise<unknown> {
  const path = join(await temporaryFolder(), 'results.json');
  const count = await writeCocoResults(path, ...args);
  const value = JSON.parse(await readFile(path, 'utf8')) as unknown[];
  expect(value.length).toBe(count);
  return value;
}

it('writeCocoResults(detections) is one entry per detection with x, y, width, height', async () => {
  const detections = [
    new Detections(Float32Array.of(1, 2, 4, 6, 0.1, 0.25, 0.35, 0.5), Float32Array.of(0.9, 0.1), Int32Array.of(1, 18)),
    null,
    new Detections(new Float32Array(), new Float32Array(), new Int32Array()),
  ];
  expect(await results({ image_id: [7, 8, 9], detections })).toEqual([
    { image_id: 7, category_id: 1, bbox: [1, 2, 3, 4], score: 0.9 },
    { image_id: 7, category_id: 18, bbox: [0.1, 0.25, 0.25, 0.25], score: 0.1 },
  ]);
});

it('writeCocoResults(class scores, { categoryId }) takes the best class', async () => {
  const detections = [new ClassScores(Float32Array.of(1, 2, 4, 6), Float32Array.of(0.9, 0.1), Int32Array.of(79, 0), 2)];
  const categoryId = (id: number): number => cocoLabels91[id]!.id;
  expect(await results({ image_id: [7], detections }, { categoryId })).toEqual([
    { image_id: 7, category_id: 90, bbox: [1, 2, 3, 4], score: 0.9 },
  ]);
});
