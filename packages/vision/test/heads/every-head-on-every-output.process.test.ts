import { QualmError } from '@qualm/types';
import type { HeadSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead, createVectorHead, heads } from '../../src/index.ts';
import { headCases, readShapes, specOf, stretched, tensorsOf } from './fixture.ts';
import type { HeadCase } from './fixture.ts';

type Sample = Pick<HeadCase, 'head' | 'labels' | 'size' | 'outputs'>;

const classifier: Sample = {
  head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'softmax' },
  labels: ['a', 'b', 'c', 'd'].map((name, id) => ({ id, name })),
  size: { width: 64, height: 64 },
  outputs: { scores: { shape: [1, 4], data: [1, -2, 3, 0.5] } },
};

/** What an encoder gives; as the outputs of another model alone, since it has no boxes. */
const encoder: Sample = {
  head: { type: 'embedding', outputs: { embedding: 'image_embeds' } },
  labels: classifier.labels,
  size: { width: 64, height: 64 },
  outputs: { image_embeds: { shape: [1, 32], data: Array.from({ length: 32 }, (_, place) => Math.cos(place)) } },
};

/** Every fixture of each head, by name; those that differ in what is kept of twins once. */
const samples: readonly (readonly [string, Sample])[] = [
  ...headCases().flatMap((sample) => (sample.head['duplicates'] === 'keep' ? [] : [[sample.name, sample] as const])),
  ['classifier', classifier],
  ...readShapes().cases.map((sample) => [sample.name, sample] as const),
];

/** What no numbers and no shapes tell apart, and why boxes of it are no surprise. */
const fourClasses = 'at four classes box codes have the shape of logits, and anchors that of boxes';
const sameBoxes = 'boxes lie alike, and logits say not whether a sigmoid or a softmax is theirs';
const turned = 'x and y may change places in any box';
const alike: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ssd: softmax without background, decoded xyxy in pixels, duplicates drop': {
    'two-outputs: yxyx in pixels, sigmoid, duplicates drop': turned,
  },
  "detr: RT-DETR's sigmoid, each query once": {
    'ssd: sigmoid, center-size yxhw, anchors cxcywh, duplicates drop': fourClasses,
    'ssd: no activation, corner-offset, anchors xyxy, duplicates drop': fourClasses,
    'two-outputs: cxcywh relative, softmax, duplicates drop': sameBoxes,
  },
  "detr: DETR's softmax": { 'ssd: sigmoid, center-size yxhw, anchors cxcywh, duplicates drop': fourClasses },
  'two-outputs: yxyx in pixels, sigmoid, duplicates drop': {
    'ssd: softmax without background, decoded xyxy in pixels, duplicates drop': turned,
  },
  'two-outputs: cxcywh relative, softmax, duplicates drop': {
    'ssd: sigmoid, center-size yxhw, anchors cxcywh, duplicates drop': fourClasses,
    'ssd: no activation, corner-offset, anchors xyxy, duplicates drop': fourClasses,
    "detr: RT-DETR's sigmoid, each query once": sameBoxes,
  },
  'two-outputs: xyxy relative, softmax, both turned, duplicates drop': {
    'ssd: no activation, corner-offset, anchors xyxy, duplicates drop': fourClasses,
  },
  'yolov8, relative, duplicates drop': {
    'nanodet, duplicates drop': 'its scores of a grid of eight cells have the shape of four boxes in 0..1',
  },
  'yolov5, relative, duplicates drop': {
    'yolox, duplicates drop': 'offsets in cells that are not decoded are as small as boxes in 0..1',
  },
  obb: { 'yolov5, duplicates drop': 'a turned OBB export has as many numbers a box, and an angle may be in 0..1' },
};

/** The names of outputs in a head's options, in order. */
function namesOf(head: HeadSpec, { labels, size }: Sample): readonly string[] {
  return createHead(specOf(head, labels, size), 'detections').outputs;
}

/** Every way to give these outputs those names; one output has several names only where there are
 * too few.
 */
function assignments(names: readonly string[], outputs: TensorMap): TensorMap[] {
  const tensors = Object.entries(outputs);
  const isEnough = tensors.length >= names.length;
  const [first, ...rest] = names;
  if (first === undefined) return [{}];
  return tensors.flatMap(([name, tensor]) => {
    const { [name]: _taken, ...left } = outputs;
    return assignments(rest, isEnough ? left : outputs).map((other) => ({ ...other, [first]: tensor }));
  });
}

/** What the head does with outputs of a model of another family, whose labels and input the spec
 * has right.
 */
function outcome(
  head: HeadSpec,
  outputs: TensorMap,
  { labels, size }: Sample,
): 'refused' | 'told' | 'nothing' | 'boxes' {
  const problems: OutputProblem[] = [];
  try {
    const made = createHead(specOf(head, labels, size), 'detections', { minScore: 0 });
    const [found] = made.decode(outputs, [stretched(size, size)], (_image, problem) => problems.push(problem));
    if (problems.some(({ isFatal }) => isFatal)) return 'told';
    return found!.length === 0 ? 'nothing' : 'boxes';
  } catch (error) {
    if (!QualmError.is(error, 'shape-mismatch')) throw error;
    return 'refused';
  }
}

describe.each(samples)('%s', (name, own) => {
  const names = namesOf(own.head, own);
  const others = [...samples, ['encoder', encoder] as const].filter(([, { head }]) => head.type !== own.head.type);

  it('gives no box without a word on outputs of any other', () => {
    const silent = others.flatMap(([other, sample]) => {
      const ways = assignments(names, tensorsOf(sample.outputs)).map((outputs) => outcome(own.head, outputs, sample));
      return ways.some((way) => way === 'boxes' || way === 'nothing') ? [other] : [];
    });
    expect(silent).toEqual(Object.keys(alike[name] ?? {}));
  });
});

it('there is a fixture of every head', () => {
  const types = new Set([...samples, [encoder.head.type, encoder] as const].map(([, { head }]) => head.type));
  expect([...types].sort()).toEqual(Object.keys(heads).sort());
});

it('a head that makes vectors takes no map and no list of boxes for one, unless it is told how', () => {
  const taken = samples.flatMap(([name, { head, labels, size, outputs }]) =>
    Object.entries(tensorsOf(outputs)).flatMap(([output, tensor]) => {
      const spec = specOf({ type: 'embedding', outputs: { embedding: output } }, labels, size);
      try {
        createVectorHead(spec).decode({ [output]: tensor }, [stretched(size, size)]);
        return tensor.shape.length === 2 ? [] : [`${name}: ${head.type}, ${output} [${tensor.shape}]`];
      } catch (error) {
        expect(QualmError.is(error, 'shape-mismatch'), String(error)).toBe(true);
        return [];
      }
    }),
  );
  expect(taken).toEqual([]);
});
