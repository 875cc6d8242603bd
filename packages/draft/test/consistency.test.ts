import { expect, it } from 'vitest';
import { createTensor, Detections } from '@qualm/types';
import type { ImageGeometry } from '@qualm/types';
import { mirrored, shifted } from '../src/change-pixels.ts';
import { consistencyOf, consistencyOfClasses, mirroredBack, shiftedBack } from '../src/self-consistency.ts';

/** An image of 4 x 2 in the middle of an input of 4 x 4, a row of padding above and below. */
const geometry: ImageGeometry = {
  ...{ original: { width: 8, height: 4 }, input: { width: 4, height: 4 } },
  ...{ scaleX: 0.5, scaleY: 0.5, offsetX: 0, offsetY: 1 },
};
const pixels = [9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9];
const planes = createTensor('float32', [1, 3, 4, 4], Float32Array.from([pixels, pixels, pixels].flat()));
const interleaved = createTensor(
  'uint8',
  [1, 4, 4, 3],
  Uint8Array.from(pixels.flatMap((value) => [value, value, value])),
);

it('mirrored(tensor) is the mirror image, and leaves the tensor as it was', () => {
  const wanted = [9, 9, 9, 9, 4, 3, 2, 1, 8, 7, 6, 5, 9, 9, 9, 9];
  expect([...mirrored(planes, geometry, 'nchw').data]).toEqual([wanted, wanted, wanted].flat());
  expect([...mirrored(interleaved, geometry, 'nhwc').data].filter((_, at) => at % 3 === 0)).toEqual(wanted);
  expect([...planes.data].slice(0, 16)).toEqual(pixels);
});

it('mirrored(tensor) leaves padding at the sides where it is', () => {
  const beside = { ...geometry, original: { width: 4, height: 8 }, offsetX: 0, offsetY: 0 };
  const row = createTensor(
    'float32',
    [1, 3, 4, 4],
    Float32Array.from({ length: 48 }, (_, at) => at % 4),
  );
  expect([...mirrored(row, beside, 'nchw').data].slice(0, 4)).toEqual([1, 0, 2, 3]);
});

it('shifted(tensor, by) moves right and down, and draws out the edges', () => {
  const wanted = [9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 2, 3, 5, 5, 6, 7];
  expect([...shifted(planes, geometry, 'nchw', 1).data].slice(0, 16)).toEqual(wanted);
});

it('boxes of changed images come back to where they were', () => {
  const boxes = Float32Array.of(1, 0, 3, 2);
  expect([...mirroredBack({ boxes, labelIds: [0] }, geometry)]).toEqual([5, 0, 7, 2]);
  expect([...shiftedBack({ boxes, labelIds: [0] }, geometry, 1)]).toEqual([-1, -2, 1, 0]);
});

const found = (scores: readonly number[], labels: readonly number[]): Detections =>
  new Detections(
    Float32Array.from(scores.flatMap((_, at) => [20 * at, 0, 20 * at + 10, 10])),
    Float32Array.from(scores),
    Int32Array.from(labels),
  );

it('consistencyOf(found, again) is whole for the same boxes, and none for others', () => {
  const boxes = found([0.75, 0.5], [1, 2]);
  expect(consistencyOf(boxes, boxes)).toEqual({ agreement: 1, sharpness: 0.625, support: 1.25 });
  expect(consistencyOf(boxes, found([0.75, 0.5], [3, 4]))).toEqual({ agreement: 0, sharpness: 0.625, support: 0 });
  expect(consistencyOf(found([], []), found([], []))).toEqual({ agreement: 0, sharpness: 0, support: 0 });
});

it('consistencyOf(found, again) counts the lower score of a pair', () => {
  const { agreement, support } = consistencyOf(found([0.75], [1]), found([0.25], [1]));
  expect({ agreement, support }).toEqual({ agreement: 1 / 3, support: 0.25 });
});

it('consistencyOfClasses(scores, again) is what two distributions share', () => {
  const scores = Float32Array.of(0.75, 0.25, 0);
  expect(consistencyOfClasses(scores, scores)).toEqual({ agreement: 1, sharpness: 0.75, support: 0.75 });
  expect(consistencyOfClasses(scores, Float32Array.of(0.25, 0.75, 0))).toEqual({
    ...{ agreement: 1 / 3, sharpness: 0.75, support: 0.25 },
  });
});
