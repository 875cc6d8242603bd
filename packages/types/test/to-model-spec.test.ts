import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { labelListNames } from '../src/labels/index.ts';
import { inputPresetNames } from '../src/input-presets.ts';
import { modelSpecSchemaOf } from '../src/model-spec-schema.ts';
import type { Heads } from '../src/head-definition.ts';
import type { ModelSpec } from '../src/model-spec.ts';
import { labelFile, toModelSpec } from '../src/to-model-spec.ts';

const size = { width: 224, height: 224 };
const rest = {
  specVersion: 1,
  name: 'classifier',
  flavor: 'onnx',
  files: { model: 'm.onnx' },
  head: { type: 'any' },
} as const;
const input = { size, layout: 'nchw', dtype: 'float32' } as const;
const whole = { ...input, channels: 'rgb', resize: { mode: 'stretch' } } as const;
const labels = [{ id: 0, name: 'cat' }];

const isForEditors = new Ajv({ allErrors: true, strictTypes: false }).compile(
  modelSpecSchemaOf({
    any: {
      type: 'any',
      schema: { type: 'object', additionalProperties: false, properties: {} },
      defaults: null,
      createReader: () => ({ outputs: [], read: () => ({ scores: new Float32Array(1), raw: [] }) }),
    },
  }),
);

function resizing(resize: unknown): object {
  return { input: { ...whole, resize } };
}

function written(more: object): object {
  return { ...rest, input: whole, labels, ...more };
}

function specOf(more: object): ModelSpec {
  const value = written(more);
  expect(isForEditors(value), JSON.stringify(isForEditors.errors)).toBe(true);
  return toModelSpec(value, 'spec.json');
}

/** What fixtures/photographs/generate.py of @qualm/vision took out of the libraries. */
const { presets } = JSON.parse(
  readFileSync(new URL('../../vision/fixtures/photographs/digests.json', import.meta.url), 'utf8'),
) as { presets: Record<string, { mean: readonly number[]; std: readonly number[] }> };

describe('input.preset', () => {
  it('is one that a library was asked about', () => {
    expect(Object.keys(presets)).toEqual(inputPresetNames);
  });

  it.each(inputPresetNames)("%s normalises by its library's numbers", (preset) => {
    const { mean, std } = specOf({ input: { ...input, preset } }).input;
    presets[preset]!.mean.forEach((value, channel) => expect(mean![channel]).toBeCloseTo(value, 9));
    presets[preset]!.std.forEach((value, channel) => expect(std![channel]).toBeCloseTo(value, 9));
  });

  it('is put into what it stands for, and is no part of the spec', () => {
    expect(specOf({ input: { ...input, preset: 'imagenet-torchvision' } }).input).toEqual({
      ...input,
      channels: 'rgb',
      resize: { mode: 'crop', shortSide: 256 },
      filter: 'bilinear',
      mean: [123.675, 116.28, 103.53],
      std: [58.395, 57.12, 57.375],
    });
  });

  it('gives way to what stands beside it', () => {
    const resize = { mode: 'crop', shortSide: 232 };
    const own = specOf({ input: { ...input, preset: 'imagenet-torchvision', resize, std: [1, 2, 3] } }).input;
    expect([own.resize, own.std, own.mean]).toEqual([resize, [1, 2, 3], [123.675, 116.28, 103.53]]);
  });

  it('keeps mean and std with their colours where the channels are turned', () => {
    const { mean, std } = specOf({ input: { ...input, preset: 'imagenet-torchvision', channels: 'bgr' } }).input;
    expect([mean, std]).toEqual([
      [103.53, 116.28, 123.675],
      [57.375, 57.12, 58.395],
    ]);
  });

  it('crops inputs that are not square by their longer side', () => {
    const wide = { ...input, size: { width: 448, height: 224 }, preset: 'imagenet-torchvision' };
    expect(specOf({ input: wide }).input.resize).toEqual({ mode: 'crop', shortSide: 512 });
  });

  it('gives no mean and std to inputs of whole numbers', () => {
    const own = specOf({ input: { ...input, dtype: 'uint8', preset: 'clip' } }).input;
    expect([own.mean, own.std, own.resize]).toEqual([undefined, undefined, { mode: 'crop', shortSide: 224 }]);
  });
});

describe('labels', () => {
  it.each([
    ['coco-80', 80, { id: 79, name: 'toothbrush' }],
    ['coco-80-sparse', 80, { id: 90, name: 'toothbrush' }],
    ['coco-90', 90, { id: 90, name: 'toothbrush' }],
    ['coco-91', 91, { id: 90, name: 'toothbrush' }],
    ['imagenet-1k', 1000, { id: 999, name: 'toilet tissue' }],
    ['voc-20', 20, { id: 19, name: 'tvmonitor' }],
  ])('%s is %i labels, the last %o', (name, count, last) => {
    const list = specOf({ labels: name }).labels;
    expect(list).toHaveLength(count);
    expect(list.at(-1)).toMatchObject(last);
    expect(labelListNames).toContain(name);
  });

  it("coco-91 and coco-90 have torchvision's names", () => {
    const [all, foreground] = ['coco-91', 'coco-90'].map((name) => specOf({ labels: name }).labels);
    expect(all!.slice(1)).toEqual(foreground);
    expect(all![0]).toEqual({ id: 0, name: 'N/A' });
    expect(foreground![11]).toEqual({ id: 12, name: 'N/A' });
    expect(all!.filter(({ name }) => name === 'N/A')).toHaveLength(11);
  });
});

it('toModelSpec(spec) of a whole spec is the spec itself', () => {
  const value = written({});
  expect(toModelSpec(value, 'spec.json')).toBe(value);
});

it.each([
  [
    'an unknown preset',
    { input: { ...input, preset: 'imagenet' } },
    'input.preset is "imagenet", expected one of imagenet-torchvision,',
  ],
  ['a preset that is a number', { input: { ...input, preset: 1 } }, 'input.preset is 1, expected one of'],
  [
    'no resize',
    { input: { ...input, channels: 'rgb' } },
    'input has no "resize", nor a preset that gives it (imagenet-torchvision,',
  ],
  ['no channels', { input: { ...input, resize: { mode: 'stretch' } } }, 'input has no "channels", nor a preset'],
  ['a preset without a size', { input: { preset: 'clip', layout: 'nchw', dtype: 'float32' } }, 'input has no "size"'],
  [
    'a crop without its side',
    resizing({ mode: 'crop' }),
    'no "shortSide", for example { "mode": "crop", "shortSide": 256 }',
  ],
  ['a mode alone', resizing('crop'), 'input.resize is "crop", expected an object, for example { "mode": "crop",'],
  [
    'an option that resize has not',
    resizing({ mode: 'crop', shortSide: 9, side: 8 }),
    'input.resize has "side", which is unknown, expected one of mode, shortSide',
  ],
  [
    'options that resize has not',
    resizing({ mode: 'stretch', pad: 1, anchor: 'center' }),
    'input.resize has "pad", "anchor", which are unknown, expected only mode',
  ],
  ['a number of labels', { labels: 80 }, 'labels is 80, expected a list, one of coco-80, coco-80-sparse, coco-90,'],
  ['no labels', { labels: undefined }, 'the spec has no "labels", expected a list, one of coco-80, coco-80-sparse,'],
  ['names', { labels: ['cat'] }, 'labels.0 is "cat", expected an object, such as { "id": 0, "name": "person" }'],
  ['an unknown list', { labels: 'coco80' }, 'labels is "coco80", expected a list, one of coco-80, coco-80-sparse,'],
  ['a file', { labels: 'data.yaml' }, 'labels is the file "data.yaml", which only readSpec reads, beside a spec'],
])('%s is one fault that says what there is', (_, more, message) => {
  const value = written(more);
  const faults = (): ModelSpec => toModelSpec(value, 'spec.json');
  expect(faults).toThrow(message);
  expect(faults).toThrow(/^model spec "spec\.json": [^;]+$/);
});

it('labelFile(written, from) is the path of the file that labels name', () => {
  expect(labelFile(written({ labels: 'names/data.yaml' }), 'a.json')).toBe('names/data.yaml');
  for (const other of ['coco-80', labels, undefined, 3])
    expect(labelFile(written({ labels: other }), 'a.json')).toBeNull();
  expect(labelFile(null, 'a.json')).toBeNull();
});

it.each([
  ['../data.yaml', 'labels is "../data.yaml", expected a list, the name of one, or a path relative to'],
  ['/etc/passwd', 'labels is the absolute path "/etc/passwd"'],
  ['https://example.org/data.yaml', 'labels is the address "https://example.org/data.yaml"'],
  ['a\\data.yaml', 'with forward slashes'],
])('labelFile refuses %s', (path, message) => {
  expect(() => labelFile(written({ labels: path }), 'a.json')).toThrow(message);
});

describe('labels of a head that makes vectors', () => {
  const reader = { schema: { type: 'object', additionalProperties: false, properties: {} }, defaults: null } as const;
  const vectors = { outputs: [], read: () => new Float32Array(1) };
  const scores = { outputs: [], read: () => ({ scores: new Float32Array(1), raw: [] }) };
  const heads: Heads = {
    mine: { ...reader, type: 'mine', kind: 'embedding', createReader: () => vectors },
    any: { ...reader, type: 'any', createReader: () => scores },
  };
  const unlabelled = { ...rest, input: whole };
  const isForEditors = new Ajv({ allErrors: true, strictTypes: false }).compile(modelSpecSchemaOf(heads));

  it.each([
    ['embedding', undefined],
    ['mine', heads],
  ])('%s: there are none', (type, known) => {
    const options = known ? { heads: known } : {};
    expect(toModelSpec({ ...unlabelled, head: { type } }, 'spec.json', options).labels).toEqual([]);
    expect(() => toModelSpec({ ...unlabelled, labels, head: { type } }, 'spec.json', options)).toThrow(
      `labels has 1 entries, expected none: head "${type}" makes vectors`,
    );
  });

  it('any other head wants some', () => {
    expect(() => toModelSpec(unlabelled, 'spec.json', { heads })).toThrow('has no "labels"');
    expect(() => toModelSpec({ ...unlabelled, labels: [] }, 'spec.json', { heads })).toThrow('labels is []');
  });

  it('editors are told the same', () => {
    expect(isForEditors({ ...unlabelled, head: { type: 'mine' } })).toBe(true);
    expect(isForEditors(unlabelled)).toBe(false);
    expect(isForEditors({ ...unlabelled, labels: [] })).toBe(false);
    expect(isForEditors({ ...unlabelled, labels })).toBe(true);
  });
});
