import { createTensor } from '@qualm/types';
import type { Yolov8HeadSpec } from '../../src/index.ts';
import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { specOf, stretched } from './fixture.ts';

const size = { width: 640, height: 640 };
const labels = [{ id: 1, name: 'one' }];
const head: Yolov8HeadSpec = { type: 'yolov8', outputs: { predictions: 'p' } };
const outputs = (rows: readonly (readonly number[])[]) => ({
  p: createTensor(
    'float32',
    [1, 5, rows.length],
    Float32Array.from([0, 1, 2, 3, 4].flatMap((side) => rows.map((row) => row[side]!))),
  ),
});
const crowd = Array.from({ length: 60 }, (_, i) => [100, 100, 50, 50, 0.9 - i / 1000]);
const apart = Array.from({ length: 10 }, (_, i) => [200 + 40 * i, 300, 20, 20, (50 - i) / 100]);

function scoresOf(selection: Partial<Yolov8HeadSpec>, rows: readonly (readonly number[])[]): number[] {
  const spec = specOf({ ...head, ...selection }, labels, size);
  const [found] = createHead(spec, 'detections', { minScore: 0 }).decode(outputs(rows), [stretched(size, size)]);
  return Array.from(found!.scores, (score) => Number(score.toFixed(3)));
}

it('detections(maxDetections: 3) are found below sixty rows that suppress each other', () => {
  expect(scoresOf({ maxDetections: 3 }, [...crowd, ...apart])).toEqual([0.9, 0.5, 0.49]);
});

it('detections(maxDetections: 300) are all that are kept', () => {
  expect(scoresOf({}, [...apart, ...crowd])).toEqual([0.9, ...apart.map((row) => row[4])]);
});

it('detections(maxCandidates: 60) leave out what is below the best sixty of a class', () => {
  expect(scoresOf({ maxCandidates: 60 }, [...crowd, ...apart])).toEqual([0.9]);
});

it('detections(scoreThreshold: 0.25) are above it, not at it', () => {
  expect(
    scoresOf({ scoreThreshold: 0.25 }, [
      [50, 50, 9, 9, 0.25],
      [90, 90, 9, 9, 0.375],
    ]),
  ).toEqual([0.375]);
});

it('detections(minScore: 0.25) are at it or above it', () => {
  const spec = specOf({ ...head, minScore: 0.25 }, labels, size);
  const rows = outputs([
    [50, 50, 9, 9, 0.25],
    [90, 90, 9, 9, 0.125],
  ]);
  const [found] = createHead(spec, 'detections').decode(rows, [stretched(size, size)]);
  expect([...found!.scores]).toEqual([0.25]);
  const [all] = createHead(spec, 'class_scores').decode(rows, [stretched(size, size)]);
  expect([...all!.scores]).toEqual([0.25, 0.125]);
});

it('a result stays as it was when the head decodes the next image', () => {
  const made = createHead(specOf(head, labels, size), 'detections', { minScore: 0 });
  const [first] = made.decode(outputs(apart), [stretched(size, size)]);
  const copy = structuredClone(first!.boxes);
  made.decode(outputs(crowd), [stretched(size, size)]);
  expect(first!.boxes).toEqual(copy);
});

describe('nms', () => {
  const two = [...labels, { id: 2, name: 'two' }];
  // The second box is the first one under another name; the third lies apart.
  const rows = [
    [100, 100, 50, 50, 0.9, 0.1],
    [101, 100, 50, 50, 0.2, 0.8],
    [300, 100, 50, 50, 0.1, 0.7],
  ];
  const predictions = {
    p: createTensor(
      'float32',
      [1, 6, 3],
      Float32Array.from([0, 1, 2, 3, 4, 5].flatMap((side) => rows.map((row) => row[side]!))),
    ),
  };
  const idsOf = (selection: Partial<Yolov8HeadSpec>): number[] => {
    const spec = specOf({ ...head, ...selection }, two, size);
    return [...createHead(spec, 'detections').decode(predictions, [stretched(size, size)])[0]!.labelIds];
  };

  it('per class, where nothing is said: boxes of another class stay', () => {
    expect(idsOf({})).toEqual([1, 2, 2]);
    expect(idsOf({ nms: 'per-class' })).toEqual([1, 2, 2]);
  });

  it('across classes: a better box of any class suppresses', () => {
    expect(idsOf({ nms: 'across' })).toEqual([1, 2]);
    expect(idsOf({ nms: 'across', iouThreshold: 1 })).toEqual([1, 2, 2]);
  });
});
