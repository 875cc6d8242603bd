import { expect, it } from 'vitest';
import { createTensor } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { createHead } from '../../src/create-head.ts';
import { fitImage } from '../../src/fit-image.ts';

const size = { width: 640, height: 640 };
const input = { size, resize: { mode: 'letterbox', anchor: 'center', pad: 114 } } as ModelSpec['input'];
const head = {
  type: 'yolov8',
  task: 'segment',
  outputs: { predictions: 'output0', prototypes: 'output1' },
  ...{ duplicates: 'keep', scoreThreshold: 0.25 },
};
const coefficients = 32;

/** Centre, sides and score of boxes, whose masks are all of the input. */
function decode(boxes: readonly (readonly [cx: number, cy: number, w: number, h: number, score: number])[]) {
  const rows = boxes.map((box) => [...box, ...Array.from({ length: coefficients }, () => 1)]);
  const columns = rows[0]!.map((_, column) => rows.map((row) => row[column]!));
  const outputs = {
    output0: createTensor('float32', [1, 5 + coefficients, rows.length], Float32Array.from(columns.flat())),
    output1: createTensor('float32', [1, coefficients, 160, 160], new Float32Array(coefficients * 160 ** 2).fill(1)),
  };
  const spec = { head, labels: [{ id: 0, name: 'pole' }], input };
  const [found] = createHead(spec, 'detections').decode(outputs, [fitImage({ width: 1, height: 20_000 }, input)]);
  return [...found!].map(({ box, mask }) => [[...box], mask?.area]);
}

// The image is column 319 of the input, between paddings. As docs/boxes-and-masks.md has it, a box
// wholly outside of the image becomes one without area on its edge, and none is left out; so do
// Ultralytics' scale_boxes and clip_boxes.
it('a box that a head finds in the padding beside an image of one column has no area, and an empty mask', () => {
  expect(decode([[100, 320, 50, 320, 0.9]])).toEqual([[[0, 5000, 0, 15_000], 0]]);
  expect(decode([[500, 320, 50, 320, 0.9]])).toEqual([[[1, 5000, 1, 15_000], 0]]);
});

it('one that the column passes through is as wide as the image, and so is its mask', () => {
  expect(decode([[320, 320, 50, 320, 0.9]])).toEqual([[[0, 5000, 1, 15_000], 10_000]]);
});
