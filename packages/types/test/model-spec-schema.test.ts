import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { HeadSpec, ModelSpec } from '../src/index.ts';
import { modelSpecSchema } from '../src/model-spec-schema.ts';
import type { Flat, TypeOf } from './schema-type.ts';

const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile<ModelSpec>(modelSpecSchema);

const heads: readonly HeadSpec[] = [
  {
    type: 'ssd',
    outputs: { scores: 's', boxes: 'b' },
    activation: 'softmax',
    background: true,
    boxEncoding: { type: 'center-size', order: 'xywh', weights: [10, 10, 5, 5] },
    anchors: {
      generator: 'default-boxes',
      featureMaps: [[38, 38]],
      aspectRatios: [[2, 3]],
      scales: [0.07, 0.15],
      steps: [8],
      clip: true,
    },
    scoreThreshold: 0.01,
    iouThreshold: 0.45,
    maxCandidates: 400,
    maxDetections: 200,
    duplicates: 'keep',
    minScore: 0.5,
  },
  {
    type: 'ssd',
    outputs: { scores: 's', boxes: 'b' },
    activation: 'none',
    background: false,
    boxEncoding: { type: 'corner-offset' },
    anchors: { output: 'a', format: 'xyxy' },
  },
  {
    type: 'ssd',
    outputs: { scores: 's', boxes: 'b' },
    activation: 'sigmoid',
    background: false,
    boxEncoding: { type: 'decoded', format: 'yxyx', units: 'pixels' },
  },
  { type: 'yolox', outputs: { predictions: 'output' }, strides: [8, 16, 32] },
  { type: 'yolov8', outputs: { predictions: 'output0' }, iouThreshold: 0.7 },
  { type: 'nanodet', outputs: { scores: ['s8'], distances: ['d8'] }, strides: [8] },
  { type: 'fastestdet', outputs: { predictions: '758' } },
  { type: 'centernet', outputs: { heatmap: 'h', sizes: 'w', offsets: 'o' }, layout: 'nhwc', activation: 'none' },
  {
    type: 'centernet',
    outputs: { heatmap: 'h', sizes: 'w' },
    layout: 'nhwc',
    activation: 'none',
    boxEncoding: 'sides',
  },
  { type: 'classifier', outputs: { scores: 'p' }, activation: 'softmax' },
];

const spec: ModelSpec = {
  $schema: './model-spec.schema.json',
  specVersion: 1,
  name: 'yolox-nano',
  description: 'A small detector.',
  license: 'Apache-2.0',
  flavor: 'onnx',
  files: { model: 'yolox_nano.onnx' },
  input: {
    name: 'images',
    size: { width: 416, height: 416 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'bgr',
    resize: { mode: 'letterbox', anchor: 'top-left', pad: 114 },
    filter: 'bilinear',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    batch: 1,
  },
  head: heads[3]!,
  labels: [{ id: 1, name: 'person', supercategory: 'person' }],
  backendOptions: { threads: 1 },
};

/** The spec with the value at a path (`input.size.width`) replaced, or taken away where it is undefined. */
function changed(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(spec)) as Record<string, unknown>;
  const keys = path.split('.');
  const parent = keys.slice(0, -1).reduce((object, key) => object[key] as Record<string, unknown>, copy);
  parent[keys.at(-1)!] = value;
  return JSON.parse(JSON.stringify(copy)) as unknown;
}

describe('the schema and the type ModelSpec agree', () => {
  it('property for property, optional ones included', () => {
    expectTypeOf<Flat<TypeOf<typeof modelSpecSchema, typeof modelSpecSchema>>>().toEqualTypeOf<Flat<ModelSpec>>();
    expect(validate(spec)).toBe(true);
  });

  it.each(heads)('a head of type $type passes', (head) => {
    expect(validate({ ...spec, head })).toBe(true);
    expect(validate({ ...spec, head: { ...head, typo: 1 } })).toBe(false);
  });

  it('the file model-spec.schema.json is the schema (npm run schema writes it)', () => {
    const file = readFileSync(join(import.meta.dirname, '../model-spec.schema.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(modelSpecSchema);
  });
});

describe('what must not pass', () => {
  it.each([
    ...modelSpecSchema.required.map((key) => key as string),
    'files.model',
    'input.size.width',
    'input.resize.pad',
  ])('a spec without %s', (path) => {
    expect(validate(changed(path, undefined))).toBe(false);
  });

  it.each<[path: string, value: unknown]>([
    ['typo', 1],
    ['input.typo', 1],
    ['files.weights', 'a.bin'],
    ['specVersion', 2],
    ['name', ''],
    ['input.size.width', 0],
    ['input.size.width', 1.5],
    ['input.layout', 'hwc'],
    ['input.dtype', 'float16'],
    ['input.resize', { mode: 'stretch', pad: 1 }],
    ['input.resize.pad', 256],
    ['input.mean', [0, 0]],
    ['input.mean', [0, 0, 0, 0]],
    ['input.std', [1, 0, 1]],
    ['input.batch', 0],
    ['head.type', 'yolo'],
    ['head.strides', []],
    ['head.iouThreshold', 1.1],
    ['labels', []],
    ['labels', [{ id: -1, name: 'person' }]],
    ['labels', [{ id: 1 }]],
  ])('%s: %j', (path, value) => {
    expect(validate(changed(path, value))).toBe(false);
  });

  it.each([
    '/etc/model.onnx',
    '../model.onnx',
    'a/../../model.onnx',
    'a/..',
    '..',
    'a\\model.onnx',
    'C:model.onnx',
    'c:/model.onnx',
    'file:///model.onnx',
    'https://example.org/model.onnx',
    'a\n/../model.onnx',
    'model\u0000.onnx',
    '',
  ])('files.model: %j', (path) => {
    expect(validate(changed('files.model', path))).toBe(false);
  });

  it.each(['model.onnx', 'a/b/model.onnx', './model.onnx', 'a..b/..c/d..', 'ein Modell #1 100%.onnx', 'モデル.onnx'])(
    'but files.model may be %j',
    (path) => {
      expect(validate(changed('files.model', path))).toBe(true);
    },
  );
});
