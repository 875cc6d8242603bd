import { ClassScores, Detections } from '@qualm/types';
import { expect, it } from 'vitest';
import { mostLikely } from '../src/most-likely.ts';

const boxes = Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);

it('keeps the best classes of each box, and leaves the rest of it as it is', () => {
  const all = new ClassScores(
    boxes,
    Float32Array.of(9, 5, 1, 8, 4, 0, 7, 3, 2),
    Int32Array.of(1, 2, 3, 3, 2, 1, 2, 1, 3),
    3,
  );
  const some = mostLikely(all, 2) as ClassScores;
  expect([some.numClasses, some.boxes]).toEqual([2, boxes]);
  expect(some.scores).toEqual(Float32Array.of(9, 5, 8, 4, 7, 3));
  expect(some.labelIds).toEqual(Int32Array.of(1, 2, 3, 2, 2, 1));
  expect(mostLikely(all, 3)).toBe(all);
  expect(mostLikely(all, undefined)).toBe(all);
});

it('keeps the best detections in the order in which they stood, with what stands beside them', () => {
  const keypoints = { numPoints: 1, values: Float32Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3) };
  const all = new Detections(boxes, Float32Array.of(0.5, 0.25, 0.75), Int32Array.of(7, 8, 9), { keypoints });
  const some = mostLikely(all, 2) as Detections;
  expect(some.labelIds).toEqual(Int32Array.of(7, 9));
  expect(some.boxes).toEqual(Float32Array.of(0, 0, 1, 1, 4, 4, 5, 5));
  expect(some.at(1)!.keypoints).toEqual(Float32Array.of(3, 3, 3));
  expect(mostLikely(all, 3)).toBe(all);
});
