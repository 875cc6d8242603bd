import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import { Box2d, Image } from '@qualm/types';
import type { InputSpec } from '@qualm/types';
import * as vision from '../src/index.ts';
import { blackPng, temporaryFolder } from './files.ts';

const image = place(Image.fromBytes(blackPng(4, 4)));
const options = place({}, 'undefined', 'object');
const size = { width: 4, height: 4 };
const input: InputSpec = { dtype: 'float32', layout: 'nchw', channels: 'rgb', size, resize: { mode: 'stretch' } };
const spec = {
  input,
  labels: [{ id: 1, name: 'cat' }],
  head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'softmax' },
};
const boxes = place(Float32Array.of(0, 0, 2, 2));
const scores = place(Float32Array.of(0.5));

const calls: Readonly<Record<string, readonly Place[]>> = {
  batchedNms: [boxes, scores, place(Int32Array.of(1)), place(0.5)],
  createHead: [place(spec), place('detections'), options],
  createPreprocessor: [place(input), options],
  createVectorHead: [place({ head: { type: 'embedding', outputs: { embedding: 'y' } }, input }), options],
  cropImage: [image, place(new Box2d(0, 0, 2, 2), 'array'), options],
  decodeImage: [image, options],
  embedImage: [image, options],
  fitImage: [place(size), place(input)],
  imageExtensions: [],
  imageMetadata: [image, options],
  nms: [boxes, scores, place(0.5)],
  resizeImage: [image, place(size), options],
  saveImage: [image, place(join(temporaryFolder(), 'a.png')), options],
  softmax: [place(Float32Array.of(0.5), 'array'), place(1), place(Float32Array.of(0), 'undefined')],
};

describe.each(functionsOf(vision))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    "decodeImage('a.jpg')",
    () => vision.decodeImage('a.jpg' as never),
    'open: its image is "a.jpg"; expected an image, such as Image.fromUri(\'street.jpg\')',
  ],
  [
    'createHead(spec)',
    () => vision.createHead(spec as never, undefined as never),
    "createHead: its form is undefined; expected 'detections' or 'class_scores'",
  ],
  [
    'createHead of a type that there is not',
    () => vision.createHead({ ...spec, head: { ...spec.head, type: 'yolo9' } } as never, 'detections'),
    'head yolo9: head.type is "yolo9", expected one of ssd, yolox, yolov8, yolov5, nanodet, fastestdet, fastestv2, centernet, detr, two-outputs, faster-rcnn, end-to-end, classifier, embedding',
  ],
  [
    'resizeImage with a filter that there is not',
    () => vision.resizeImage(Image.fromUri('a.jpg'), size, { filter: 'cubic' as never }),
    "resizeImage: filter is \"cubic\"; expected 'bilinear' or 'bicubic' or 'lanczos3' or 'nearest' or 'opencv-linear'",
  ],
  [
    'nms(boxes, scores, true)',
    () => vision.nms(Float32Array.of(0, 0, 2, 2), Float32Array.of(0.5), true as never),
    'nms: iouThreshold is true; expected a number from 0 to 1',
  ],
  [
    'createPreprocessor(input).fill(a path)',
    () => {
      const preprocessor = vision.createPreprocessor(input, { threads: 0 });
      return preprocessor.fill('a.jpg' as never, preprocessor.allocate(1), 0);
    },
    'fill: its image is "a.jpg"; expected an image',
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
