import { createTensor, QualmError } from '@qualm/types';
import type { HeadSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { headCases, specOf, tensorsOf } from './fixture.ts';

const detections = 'detections' as const;

function errorOf(action: () => unknown): QualmError {
  try {
    action();
  } catch (error) {
    if (QualmError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe.each(headCases().filter(({ name }) => !name.endsWith('drop')))('$name', (given) => {
  const { head, labels, size, geometry, outputs } = given;
  const decode = (tensors: TensorMap, count = labels.length): unknown =>
    createHead(specOf(head, labels.slice(0, count), size), 'detections').decode(tensors, [geometry]);

  it.each(Object.keys(outputs))('decode without output %s says which is missing', (name) => {
    const { [name]: _left, ...rest } = tensorsOf(outputs);
    const error = errorOf(() => decode(rest));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toContain(`"${name}" is missing`);
  });

  it.each(Object.keys(outputs))('decode of another rank of %s says what came and what was wanted', (name) => {
    const tensors = tensorsOf(outputs);
    const flat = createTensor('float32', [tensors[name]!.data.length], tensors[name]!.data as Float32Array);
    const error = errorOf(() => decode({ ...tensors, [name]: flat }));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toContain(`"${name}" is [${flat.shape}], expected [`);
  });

  it('decode of integers says that floats are wanted', () => {
    const tensors = tensorsOf(outputs);
    const name = Object.keys(tensors)[0]!;
    const bytes = createTensor('uint8', tensors[name]!.shape);
    expect(errorOf(() => decode({ ...tensors, [name]: bytes })).message).toContain('is uint8, expected float32');
  });

  it.skipIf(head.type === 'end-to-end')('decode with one label too few says both numbers', () => {
    const error = errorOf(() => decode(tensorsOf(outputs), labels.length - 1));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toContain(`${labels.length} foreground classes, the spec has ${labels.length - 1} labels`);
  });

  it('decode of more images than the batch holds says so', () => {
    const spec = specOf(head, labels, size);
    const error = errorOf(() => createHead(spec, 'detections').decode(tensorsOf(outputs), [geometry, geometry]));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toContain('too small for image 1');
  });

  it('decode of NaN everywhere finds nothing', () => {
    const nan = tensorsOf(outputs);
    for (const tensor of Object.values(nan)) (tensor.data as Float32Array).fill(NaN);
    const once = { ...given.head, ...(head.type !== 'classifier' && { duplicates: 'drop' }) } as HeadSpec;
    for (const form of head.type === 'end-to-end' ? [detections] : [detections, 'class_scores' as const]) {
      const problems: OutputProblem[] = [];
      const made = createHead(specOf(once, labels, size), form, { minScore: 0 });
      const [found] = made.decode(nan, [geometry], (_image, problem) => problems.push(problem));
      expect(found!.length).toBe(0);
      expect(problems).toEqual([
        {
          isFatal: true,
          isOfSpec: false,
          message: expect.stringMatching(/holds NaN or infinities for (\d+) of \1 anchors/),
        },
      ]);
    }
  });

  it('decode of sound numbers reports nothing', () => {
    const report = (): never => expect.unreachable('nothing is wrong');
    createHead(specOf(head, labels, size), 'detections').decode(tensorsOf(outputs), [geometry], report);
    expect(head.type).toBeTruthy();
  });

  it.each([NaN, Infinity, -Infinity])('decode with every fifth number %d has finite boxes inside the image', (bad) => {
    const tensors = tensorsOf(outputs);
    for (const { data } of Object.values(tensors)) for (let i = 0; i < data.length; i += 5) data[i] = bad;
    const [found] = createHead(specOf(head, labels, size), 'detections', { minScore: 0 }).decode(tensors, [geometry]);
    const { width, height } = geometry.original;
    for (const { box, score } of found!) {
      expect(score).toBeGreaterThan(0);
      expect(box.xmin >= 0 && box.xmin <= box.xmax && box.xmax <= width).toBe(true);
      expect(box.ymin >= 0 && box.ymin <= box.ymax && box.ymax <= height).toBe(true);
    }
    expect(found!.length).toBeLessThanOrEqual(100);
  });
});

const ssd: HeadSpec = {
  type: 'ssd',
  outputs: { scores: 's', boxes: 'b' },
  activation: 'softmax',
  background: true,
  boxEncoding: { type: 'corner-offset' },
};
const nanodet: HeadSpec = { type: 'nanodet', outputs: { scores: ['a'], distances: ['b'] }, strides: [8, 16] };
const yolox: HeadSpec = { type: 'yolox', outputs: { predictions: 'p' }, strides: [8] };
const labels = [{ id: 1, name: 'one' }];
const size = { width: 32, height: 32 };

describe('createHead', () => {
  it.each<[string, HeadSpec]>([
    ['boxEncoding "corner-offset" came without anchors', ssd],
    ['2 strides, 1 outputs of scores', nanodet],
    ['iouThreshold is 1.5', { ...yolox, iouThreshold: 1.5 }],
    ['minScore is NaN', { ...yolox, minScore: NaN }],
    ['maxDetections is 0', { ...yolox, maxDetections: 0 }],
    ['maxCandidates is 1.5', { ...yolox, maxCandidates: 1.5 }],
  ])('says: %s', (message, head) => {
    const error = errorOf(() => createHead(specOf(head, labels, size), 'detections'));
    expect(error.code).toBe('spec-invalid');
    expect(error.message).toContain(message);
  });

  it('refuses a spec without labels', () => {
    expect(errorOf(() => createHead(specOf(yolox, [], size), 'detections')).code).toBe('spec-invalid');
  });

  it.each([{ topK: 0 }, { topK: 1.5 }, { minScore: -1 }, { minScore: NaN }])('refuses the options %o', (options) => {
    expect(() => createHead(specOf(yolox, labels, size), 'class_scores', options)).toThrow(RangeError);
  });

  it('says how many anchors the strides give', () => {
    const head = createHead(specOf(yolox, labels, size), 'detections');
    const outputs = { p: createTensor('float32', [1, 17, 6]) };
    const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
    const error = errorOf(() => head.decode(outputs, [geometry]));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toContain('strides 8 over 32x32 give 16 anchors');
  });
});
