import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { QualmError } from '@qualm/types';
import type { HeadDefinition, HeadSpec, ModelSpec } from '@qualm/types';
import { modelSpecSchemaOf } from '@qualm/types/model-spec-schema';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createHead, heads } from '../../src/index.ts';
import type { CenternetHeadSpec, ClassifierHeadSpec, SsdHeadSpec, YoloxHeadSpec } from '../../src/index.ts';
import { specOf } from './fixture.ts';

const schema = modelSpecSchemaOf(heads);
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile<ModelSpec>(schema);

const ssd: SsdHeadSpec = {
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
};
const yolox: YoloxHeadSpec = { type: 'yolox', outputs: { predictions: 'output' }, strides: [8, 16, 32] };
const centernet: CenternetHeadSpec = {
  type: 'centernet',
  outputs: { heatmap: 'h', sizes: 'w' },
  layout: 'nhwc',
  activation: 'none',
};
const classifier: ClassifierHeadSpec = { type: 'classifier', outputs: { scores: 'p' }, activation: 'softmax' };

const valid: readonly HeadSpec[] = [
  ssd,
  { ...ssd, boxEncoding: { type: 'corner-offset' }, anchors: { output: 'a', format: 'xyxy' } },
  { ...ssd, boxEncoding: { type: 'decoded', format: 'yxyx', units: 'pixels' } },
  yolox,
  { type: 'yolov8', outputs: { predictions: 'output0' }, iouThreshold: 0.7 },
  { type: 'nanodet', outputs: { scores: ['s8'], distances: ['d8'] }, strides: [8] },
  { type: 'fastestdet', outputs: { predictions: '758' } },
  centernet,
  { ...centernet, outputs: { heatmap: 'h', sizes: 'w', offsets: 'o' }, boxEncoding: 'sides' },
  classifier,
];

const size = { width: 32, height: 32 };
const labels = [{ id: 1, name: 'cat' }];
const rest = { specVersion: 1, name: 'a', flavor: 'onnx', files: { model: 'a.onnx' } } as const;

/** What is wrong with a head; empty where nothing is. Ajv agrees, by the schema for editors. */
function faultsOf(head: unknown): string {
  const spec = { ...rest, ...specOf(head as HeadSpec, labels, size) };
  let faults = '';
  try {
    toModelSpec(spec, 'a.json', { heads });
  } catch (error) {
    if (!QualmError.is(error, 'spec-invalid')) throw error;
    faults = error.message;
  }
  expect(ajv(spec), faults).toBe(faults === '');
  return faults;
}

describe('one definition of each head', () => {
  it('gives the type of what a spec says to it', () => {
    expectTypeOf<YoloxHeadSpec['strides']>().toEqualTypeOf<readonly number[]>();
    expectTypeOf<ClassifierHeadSpec['activation']>().toEqualTypeOf<'softmax' | 'sigmoid' | 'none'>();
    expectTypeOf<CenternetHeadSpec['outputs']>().toExtend<{ heatmap: string; sizes: string; offsets?: string }>();
    expectTypeOf<YoloxHeadSpec['iouThreshold']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<ClassifierHeadSpec>().not.toHaveProperty('iouThreshold');
    expectTypeOf<SsdHeadSpec>().toExtend<HeadSpec>();
    expect(Object.values(heads).map(({ type }) => type)).toEqual(Object.keys(heads));
  });

  it('gives the file model-spec.schema.json (npm run schema -w @qualm/vision writes it)', () => {
    const file = readFileSync(new URL('../../../types/model-spec.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(schema);
  });

  it.each(valid)('gives a check that takes a head of type $type, and refuses what it does not know', (head) => {
    expect(faultsOf(head)).toBe('');
    expect(faultsOf({ ...head, typo: 1 })).toContain('head has "typo", which is unknown, expected one of type, ');
  });
});

describe('a head says where it is wrong, what came and what was wanted', () => {
  it.each<[unknown, string]>([
    [
      { type: 'yolo' },
      'head.type is "yolo", expected one of ssd, yolox, yolov8, yolov5, nanodet, fastestdet, fastestv2, centernet, detr, two-outputs, faster-rcnn, end-to-end, classifier, embedding',
    ],
    [{ ...yolox, strides: [] }, 'head.strides is [], expected a list of at least 1'],
    [{ ...yolox, strides: [8, 0.5] }, 'head.strides.1 is 0.5, expected a whole number of at least 1'],
    [{ ...yolox, outputs: { predictions: '' } }, 'head.outputs.predictions is "", expected a text that is not empty'],
    [{ ...yolox, outputs: {} }, 'head.outputs has no "predictions"'],
    [{ ...yolox, iouThreshold: 1.1 }, 'head.iouThreshold is 1.1, expected a number from 0 to 1'],
    [{ ...yolox, duplicates: 'all' }, 'head.duplicates is "all", expected one of drop, keep'],
    [
      { ...classifier, iouThreshold: 0.5 },
      'head has "iouThreshold", which is unknown, expected one of type, outputs, activation',
    ],
    [{ ...ssd, background: 'yes' }, 'head.background is "yes", expected true or false'],
    [
      { ...ssd, boxEncoding: { type: 'other' } },
      'head.boxEncoding.type is "other", expected one of center-size, corner',
    ],
    [
      { ...ssd, boxEncoding: {} },
      'head.boxEncoding has no "type", expected one of center-size, corner-offset, decoded',
    ],
    [
      { ...ssd, boxEncoding: { type: 'center-size', order: 'xywh', weights: [1, 1, 1] } },
      'head.boxEncoding.weights is [1,1,1], expected a list of 4',
    ],
    [
      { ...ssd, boxEncoding: { type: 'center-size', order: 'xywh', weights: [1, 1, 1, 0] } },
      'head.boxEncoding.weights.3 is 0, expected a number above 0',
    ],
    [
      { ...ssd, anchors: { generator: 'mine' } },
      'head.anchors.generator is "mine", expected one of default-boxes, anchor-generator',
    ],
    [{ ...ssd, anchors: { output: 'a' } }, 'head.anchors has no "format"'],
    [{ ...ssd, anchors: 'a' }, 'head.anchors is "a", expected an object'],
  ])('%j', (head, fault) => {
    expect(faultsOf(head)).toBe(`model spec "a.json": ${fault}${fault.endsWith('corner') ? '-offset, decoded' : ''}`);
  });

  it('createHead says the same', () => {
    expect(() => createHead(specOf({ ...yolox, strides: [] }, labels, size), 'detections')).toThrow(
      'head yolox: head.strides is [], expected a list of at least 1',
    );
  });
});

describe('a set of heads', () => {
  const mine: HeadDefinition = { ...heads.fastestdet, type: 'mine' };
  const spec = specOf({ type: 'mine', outputs: { predictions: 'p' } }, labels, size);

  it('holds one more than ours, under any key', () => {
    expect(() => createHead(spec, 'detections')).toThrow('expected one of ssd, yolox');
    const head = createHead(spec, 'detections', { heads: { ...heads, anything: mine } });
    expect([head.outputs, head.task, head.scoreKind, head.minScore]).toEqual([['p'], 'detection', 'independent', 0.5]);
    expect(() => createHead(spec, 'detections', { heads: { ssd: heads.ssd } })).toThrow('expected one of ssd');
  });

  it.each<[string, unknown, string]>([
    ['no object', 'heads', 'createHead: heads is "heads"; expected an object'],
    ['a module', { mine: { heads } }, 'createHead: heads.mine is an object of heads; expected a head: { type, schema'],
    ['a head without type', { mine: { ...mine, type: '' } }, 'createHead: type of heads.mine is ""; expected a text'],
    ['a head without schema', { mine: { ...mine, schema: {} } }, 'createHead: schema of heads.mine is an object of'],
    [
      'a head without options',
      { mine: { ...mine, schema: { type: 'object' } } },
      'createHead: schema of heads.mine is',
    ],
    [
      'a head whose forms are no list',
      { mine: { ...mine, forms: 1 } },
      'createHead: forms of heads.mine is 1; expected',
    ],
    [
      'a head under a path',
      { './a.ts#mine': 5 },
      'createHead: heads["./a.ts#mine"] is 5; expected a head: { type, schema',
    ],
    ['a head without defaults', { mine: { ...mine, defaults: undefined } }, 'createHead: defaults of heads.mine is'],
    ['two of a type', { mine, other: { ...mine } }, 'createHead: heads.mine and heads.other are both of type "mine"'],
  ])('that is %s is a RangeError', (_, given, message) => {
    const call = () => createHead(spec, 'detections', { heads: given as never });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
