import { expect, it } from 'vitest';
import { BoxShapes, Mask, MaskColumn } from '@qualm/types';
import type { BoxShapeArrays } from '@qualm/types';
import { decodeRows, encodeRows } from '../src/engine/rows-as-bytes.ts';
import type { ImageRows } from '../src/engine/image-rows.ts';

const size = { width: 3, height: 2 };
const masks = MaskColumn.from(
  [
    [0, 1, 1, 0, 0, 1],
    [1, 1, 1, 1, 1, 1],
  ].map((bits) => Mask.fromBitmap(Uint8Array.from(bits), size)),
);
const keypoints = { values: Float32Array.from({ length: 12 }, (_, at) => (at === 5 ? NaN : at / 8)), numPoints: 2 };
const rotatedBoxes = Float32Array.from({ length: 10 }, (_, at) => at / 4);

const rows = (numClasses: number, shapes?: BoxShapeArrays): ImageRows => ({
  boxes: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  scores: Float32Array.from({ length: 2 * Math.max(numClasses, 1) }, (_, at) => at / 16),
  labelIds: Int32Array.from({ length: 2 * Math.max(numClasses, 1) }, (_, at) => 90 - at),
  numClasses,
  ...(shapes && { shapes }),
});

const all: readonly (readonly [string, ImageRows])[] = [
  ['detections', rows(0)],
  ['class scores', rows(3)],
  ['masks', rows(0, { masks })],
  ['key points', rows(3, { keypoints })],
  ['turned boxes', rows(0, { rotatedBoxes })],
  ['all of them', rows(2, { masks, keypoints, rotatedBoxes })],
];

it.each(all)('decodeRows(encodeRows(rows)) is the rows: %s', (_, given) => {
  const found = decodeRows(encodeRows(given))!;
  const { shapes, ...plain } = given;
  expect(found).toMatchObject(plain);
  expect(found.shapes && new BoxShapes(found.shapes, 2)).toEqual(shapes && new BoxShapes(shapes, 2));
});

it.each(all)('decodeRows is undefined for what is cut, longer, or of another version: %s', (_, given) => {
  const bytes = encodeRows(given);
  for (const length of [0, 3, 23, bytes.length - 1]) expect(decodeRows(bytes.subarray(0, length))).toBeUndefined();
  expect(decodeRows(Uint8Array.of(...bytes, 0))).toBeUndefined();
  expect(decodeRows(Uint8Array.of(bytes[0]! - 1, ...bytes.subarray(1)))).toBeUndefined();
});
