import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { registryToys } from '@qualm/testkit';
import { readMlmodel, whyNotRunnable } from '../src/model/read-mlmodel.ts';
import { assertSignatureFits, writeSignature, readSignature } from '../src/model/signature.ts';
import { readRikaiTags } from '../src/index.ts';
import type { Signature } from '../src/index.ts';

const fixtures = new URL('../fixtures/mlmodels/', import.meta.url);

interface Fixture {
  readonly mlflow: string;
  readonly models: Readonly<Record<string, { readonly mlmodel: string; readonly files: readonly string[] }>>;
}

const written = readdirSync(fixtures)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as Fixture);

describe.each(written)('what MLflow $mlflow writes', ({ mlflow, models }) => {
  it('for ONNX is read, with its signature and metadata, and can run', () => {
    const { mlmodel, files } = models['onnx']!;
    const read = readMlmodel(mlmodel, 'MLmodel');
    expect(read.mlflowVersion).toBe(mlflow);
    expect(read.flavors['onnx']!['data']).toBe('model.onnx');
    expect(read.signature).toEqual({
      inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, 8, 8] }],
      outputs: [{ name: 'scores', dtype: 'float32', shape: [null, 3] }],
    });
    expect(read.metadata).toEqual({ qualm: { specVersion: 1 } });
    expect(whyNotRunnable(read, files)).toBeNull();
  });

  it.each(Object.keys(models).filter((flavor) => flavor !== 'onnx'))('for %s says why it cannot run', (flavor) => {
    const { mlmodel, files } = models[flavor]!;
    const reason = { keras: 'TensorFlow.js cannot read', sklearn: 'flavor "sklearn"', pyfunc: 'python_function' }[
      flavor
    ]!;
    expect(whyNotRunnable(readMlmodel(mlmodel, 'MLmodel'), files)).toContain(reason);
  });
});

describe('readMlmodel(text)', () => {
  const why = (text: string, files: string[] = []): string | null =>
    whyNotRunnable(readMlmodel(text, 'MLmodel'), files);

  it('a model of TensorFlow.js inside of a tensorflow flavor can run', () => {
    expect(why('flavors: {tensorflow: {data: data}}', ['data/model.json', 'data/group1-shard1of1.bin'])).toBeNull();
    expect(why('flavors: {tensorflow: {data: data}}', ['data/saved_model.pb'])).toContain('cannot read');
  });

  it('a pickle of PyTorch is named', () => {
    expect(why('flavors: {pytorch: {model_data: data}, python_function: {}}')).toContain('pickle');
  });

  it.each([
    ['', 'no flavors|expected keys'],
    ['[]', 'expected keys'],
    ['flavors: {}', 'no flavors'],
    ['flavors: x', 'no flavors'],
    ['flavors: {onnx: {data: /etc/passwd}}', 'flavors.onnx.data'],
    ['flavors: {onnx: {data: "..\\\\x"}}', 'flavors.onnx.data'],
    ['flavors: {onnx: {code: ../x, data: m}}', 'flavors.onnx.code'],
    ['{', 'no YAML'],
    ['flavors: {onnx: {}}\nsignature: {inputs: "["}', 'not valid JSON'],
  ])('%j is refused', (text, words) => {
    expect(() => readMlmodel(text, 'MLmodel')).toThrow(QualmError);
    expect(() => readMlmodel(text, 'MLmodel')).toThrow(new RegExp(words));
  });
});

describe('a signature', () => {
  const { spec } = registryToys().newer;
  const of = (name: string, dtype: string, shape: (number | null)[]): Signature => ({
    inputs: [{ name, dtype, shape }],
    outputs: [],
  });

  it('is written as it is read', () => {
    const signature = of('x', 'uint8', [null, 3, 8, 8]);
    expect(readSignature(writeSignature(signature), 'MLmodel')).toEqual(signature);
  });

  it('without names is written without names, as MLflow does', () => {
    const { inputs } = writeSignature(of('', 'float32', [null, 3, 8, 8]));
    expect(inputs).toBe('[{"type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,3,8,8]}}]');
  });

  it('of columns, or none, is null', () => {
    expect(readSignature(undefined, 'MLmodel')).toBeNull();
    expect(readSignature({ inputs: '[{"type": "double", "name": "a"}]' }, 'MLmodel')).toBeNull();
  });

  const named: ModelSpec = { ...spec, input: { ...spec.input, name: 'x' } };
  const nhwc: ModelSpec = { ...spec, input: { ...spec.input, layout: 'nhwc', batch: 2 } };

  it.each<[string, ModelSpec, Signature]>([
    ['any batch', spec, of('x', 'float32', [null, 3, 8, 8])],
    ['a batch of one', spec, of('x', 'float32', [1, 3, 8, 8])],
    ['any size', spec, of('', 'float32', [null, 3, null, null])],
    ['no name, by position', named, of('', 'float32', [null, 3, 8, 8])],
    [
      'several without names, by position',
      named,
      { inputs: [...of('', 'float32', [null, 3, 8, 8]).inputs, ...of('', 'int64', [1, 2]).inputs], outputs: [] },
    ],
    ['the name', named, of('x', 'float32', [null, 3, 8, 8])],
    ['channels last', nhwc, of('x', 'float32', [2, 8, 8, 3])],
    ['no inputs', spec, { inputs: [], outputs: [] }],
  ])('fits a spec: %s', (_, fitting, signature) => {
    expect(() => assertSignatureFits(signature, fitting)).not.toThrow();
  });

  it.each<[string, ModelSpec, Signature, string]>([
    ['another name', named, of('image', 'float32', [null, 3, 8, 8]), 'inputs "image", its spec input "x"'],
    ['another dtype without a name', named, of('', 'float64', [null, 3, 8, 8]), 'has no name, is float64, its spec'],
    [
      'another size without a name',
      named,
      of('', 'float32', [null, 3, 9, 8]),
      'has no name, is [?, 3, 9, 8], its spec',
    ],
    ['another dtype', spec, of('x', 'uint8', [null, 3, 8, 8]), '"x" is uint8, its spec input.dtype float32'],
    ['another size', spec, of('x', 'float32', [null, 3, 9, 8]), '[?, 3, 9, 8], its spec [?, 3, 8, 8]'],
    ['channels last', spec, of('x', 'float32', [null, 8, 8, 3]), '[?, 8, 8, 3]'],
    ['another batch', nhwc, of('x', 'float32', [1, 8, 8, 3]), '[2, 8, 8, 3] (nhwc'],
    ['too flat', spec, of('x', 'float32', [null, 192]), '[?, 192]'],
  ])('contradicts a spec: %s', (_, contradicted, signature, words) => {
    expect(() => assertSignatureFits(signature, contradicted)).toThrow(words);
  });
});

describe('readRikaiTags(tags)', () => {
  it('is null without them', () => expect(readRikaiTags({ 'mlflow.user': 'ann' })).toBeNull());

  // The tags that Rikai's mlflow_logger writes for a registered SSD; those of older versions below.
  it('tells what a registered SSD is', () => {
    expect(
      readRikaiTags({
        'rikai.spec.version': '1',
        'rikai.model.flavor': 'pytorch',
        'rikai.output.schema': 'array<struct<box:box2d, score:float, label_id:int>>',
        'rikai.model.artifact_path': 'model',
        'rikai.model.type': 'ssd',
        'rikai.model.label_func': 'rikai.contrib.datasets.coco.coco_labels',
        'rikai.option.min_score': '0.3',
        'rikai.option.device': 'cpu',
        'mlflow.user': 'ann',
      }),
    ).toEqual({
      specVersion: '1',
      flavor: 'pytorch',
      modelType: 'ssd',
      schema: 'array<struct<box:box2d, score:float, label_id:int>>',
      artifactPath: 'model',
      labelFunction: 'rikai.contrib.datasets.coco.coco_labels',
      labelUri: null,
      options: { min_score: '0.3', device: 'cpu' },
      transforms: { pre: null, post: null },
    });
  });

  it('reads the older names', () => {
    expect(
      readRikaiTags({
        'rikai.model.model_type': 'resnet',
        'rikai.transforms.pre': 'rikai.contrib.torch.transforms.pre_processing',
        'rikai.transforms.post': 'rikai.contrib.torch.transforms.post_processing',
      }),
    ).toMatchObject({
      modelType: 'resnet',
      transforms: {
        pre: 'rikai.contrib.torch.transforms.pre_processing',
        post: 'rikai.contrib.torch.transforms.post_processing',
      },
    });
  });
});
