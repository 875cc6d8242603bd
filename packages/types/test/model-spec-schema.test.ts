import { Ajv } from 'ajv';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { DType, OutputForm, HeadSpec, Label, ModelSpec, ScoreKind, SelectionSpec } from '../src/index.ts';
import { modelSpecSchema } from '../src/model-spec-schema.ts';
import { schemaFaults } from '../src/schema-faults.ts';

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile<ModelSpec>(modelSpecSchema);

/** What our own check says, after Ajv said the same of the same schema. */
function validate(value: unknown): boolean {
  const isValid = schemaFaults(modelSpecSchema, value, '').length === 0;
  expect(isValid, 'our check and Ajv').toBe(ajv(value));
  return isValid;
}

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
  head: { type: 'yolox', outputs: { predictions: 'output' }, strides: [8, 16, 32] },
  labels: [{ id: 1, name: 'person', supercategory: 'person' }],
  backendOptions: { threads: 1 },
};

/** The spec with the value at a path (`input.size.width`) replaced, or taken away where it is
 * undefined.
 */
function changed(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(spec)) as Record<string, unknown>;
  const keys = path.split('.');
  const parent = keys.slice(0, -1).reduce((object, key) => object[key] as Record<string, unknown>, copy);
  parent[keys.at(-1)!] = value;
  return JSON.parse(JSON.stringify(copy)) as unknown;
}

describe('the type ModelSpec follows from the schema', () => {
  it('closed where the schema is, open for the options of heads', () => {
    expect(validate(spec)).toBe(true);
    expectTypeOf<ModelSpec['input']['dtype']>().toEqualTypeOf<
      Extract<DType, 'float32' | 'float16' | 'uint8' | 'int32'>
    >();
    expectTypeOf<ModelSpec['form']>().toEqualTypeOf<OutputForm | undefined>();
    expectTypeOf<ModelSpec['scoreKind']>().toEqualTypeOf<ScoreKind | undefined>();
    expectTypeOf<ModelSpec['labels']>().toEqualTypeOf<readonly Label[]>();
    expectTypeOf<ModelSpec['input']['mean']>().toEqualTypeOf<readonly [number, number, number] | undefined>();
    expectTypeOf<ModelSpec>().not.toHaveProperty('typo');
    expectTypeOf<HeadSpec['type']>().toEqualTypeOf<string>();
    expectTypeOf<HeadSpec['strides']>().toEqualTypeOf<unknown>();
    expectTypeOf<SelectionSpec['nms']>().toEqualTypeOf<'per-class' | 'across' | undefined>();
    expectTypeOf<SelectionSpec['duplicates']>().toEqualTypeOf<'drop' | 'keep' | undefined>();
  });
});

it.each([
  { mode: 'crop', shortSide: 256 },
  { mode: 'letterbox', anchor: 'center', pad: 114, rounding: 'nearest' },
])('input.resize may be %j', (resize) => {
  expect(validate(changed('input.resize', resize))).toBe(true);
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
    ['input.dtype', 'float64'],
    ['input.resize', { mode: 'stretch', pad: 1 }],
    ['input.resize.pad', 256],
    ['input.mean', [0, 0]],
    ['input.mean', [0, 0, 0, 0]],
    ['input.std', [1, 0, 1]],
    ['input.batch', 0],
    ['head.type', ''],
    ['head', 'yolox'],
    ['input.resize', 'stretch'],
    ['input.resize', { mode: 'crop' }],
    ['input.resize', { mode: 'crop', shortSide: 0 }],
    ['input.resize.rounding', 'up'],
    ['input.preset', 'clip'],
    ['labels', 'coco-80'],
    ['input.resize', {}],
    ['input', []],
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
