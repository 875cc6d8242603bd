import { createTensor } from '@qualm/types';
import type { HeadSpec, ModelSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { specOf } from './fixture.ts';

const size = { width: 64, height: 64 };
const labels = [
  { id: 1, name: 'cat' },
  { id: 2, name: 'dog' },
];
const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
const yolov8: HeadSpec = { type: 'yolov8', outputs: { predictions: 'o' } };
const classifier = (activation: 'softmax' | 'sigmoid' | 'none'): HeadSpec => ({
  type: 'classifier',
  outputs: { scores: 'o' },
  activation,
});

/** Two anchors of yolov8's layout: rows of cx, cy, w, h, cat, dog. */
function anchors(first: readonly number[], second: readonly number[]): TensorMap {
  const data = first.flatMap((value, row) => [value, second[row]!]);
  return { o: createTensor('float32', [1, 6, 2], Float32Array.from(data)) };
}

const box = [32, 32, 16, 16];
const row = (...scores: number[]): TensorMap => ({ o: createTensor('float32', [1, 2], Float32Array.from(scores)) });

function decode(
  head: HeadSpec,
  outputs: TensorMap,
  more: Pick<Partial<ModelSpec>, 'scoreKind'> = {},
): { readonly scores: number[][]; readonly problems: OutputProblem[] } {
  const problems: OutputProblem[] = [];
  const made = createHead({ ...specOf(head, labels, size), ...more }, 'class_scores');
  const [found] = made.decode(outputs, [geometry], (image, problem) => {
    expect(image).toBe(0);
    problems.push(problem);
  });
  return { scores: Array.from(found!, ({ scores }) => [...scores]), problems };
}

describe('numbers that scores are made of', () => {
  it('logits where scores were promised make the image unusable, and the message says how to mend the spec', () => {
    const { problems } = decode(yolov8, anchors([...box, 7.5, -8.25], [...box, 0.5, 0.25]));
    expect(problems).toEqual([
      {
        isFatal: true,
        isOfSpec: true,
        message:
          'head yolov8: output "o" holds numbers from -8.25 to 7.5, expected scores from 0 to 1: these are logits, or not ' +
          'class scores; set head.activation to "sigmoid", or name another output in head.outputs',
      },
    ]);
  });

  it('yolov8(activation: sigmoid) reads logits', () => {
    const { scores, problems } = decode(
      { ...yolov8, activation: 'sigmoid' },
      anchors([...box, 2, -2], [...box, -9, -9]),
    );
    expect(problems).toEqual([]);
    expect(scores).toEqual([[expect.closeTo(0.8807970779778823, 6), expect.closeTo(0.11920292202211755, 6)]]);
  });

  it.each([NaN, Infinity, -Infinity])('%d in one anchor is a problem of one in two', (bad) => {
    const { scores, problems } = decode(yolov8, anchors([...box, 0.75, 0.25], [...box, bad, 0.5]));
    expect(problems).toMatchObject([{ isFatal: false, isOfSpec: false }]);
    expect(problems[0]!.message).toContain('output "o" holds NaN or infinities for 1 of 2 anchors');
    expect(scores[0]).toEqual([0.75, 0.25]);
  });

  it('NaN in the objectness of YOLOX is one too, though nothing of it would be read', () => {
    const data = Float32Array.from([0, 0, 0, 0, NaN, 0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5, 0.5]);
    const head: HeadSpec = { type: 'yolox', outputs: { predictions: 'o' }, strides: [32] };
    const outputs = { o: createTensor('float32', [1, 2, 7], data) };
    const spec = specOf(head, labels, { width: 64, height: 32 });
    const problems: string[] = [];
    createHead(spec, 'class_scores').decode(outputs, [geometry], (_, { message }) => problems.push(message));
    expect(problems).toEqual(['head yolox: output "o" holds NaN or infinities for 1 of 2 anchors']);
  });

  it('boxes with NaN or infinite corners are counted, not dropped without a word', () => {
    const some = decode(yolov8, anchors([...box, 0.75, 0.25], [32, NaN, 16, 16, 0.5, 0.5]));
    expect(some.problems).toEqual([
      { isFatal: false, isOfSpec: false, message: expect.stringContaining('1 of 2; they are left out') },
    ]);
    expect(some.scores).toEqual([[0.75, 0.25]]);
    const all = decode(yolov8, anchors([32, 32, Infinity, 16, 0.75, 0.25], [32, NaN, 16, 16, 0.5, 0.5]));
    expect(all.problems).toMatchObject([{ isFatal: true }]);
  });

  it('what quantisation puts beyond 0..1 is clamped, so that least confidence is never below 0', () => {
    const { scores, problems } = decode(classifier('none'), row(1.00390625, -0.00390625));
    expect(problems).toEqual([]);
    expect(scores).toEqual([[1, 0]]);
  });

  it('a logit of -Infinity is a class that cannot be', () => {
    const { scores, problems } = decode(classifier('softmax'), row(0, -Infinity));
    expect(problems).toEqual([]);
    expect(scores).toEqual([[1, 0]]);
  });

  it('scores that are said to be a distribution, and sum to more, are a problem of the spec', () => {
    const { problems } = decode(classifier('none'), row(0.75, 0.875));
    expect(problems).toEqual([
      { isFatal: false, isOfSpec: true, message: expect.stringContaining('the scores of a row sum to 1.63') },
    ]);
    expect(decode(classifier('none'), row(0.75, 0.875), { scoreKind: 'independent' }).problems).toEqual([]);
    expect(decode(classifier('sigmoid'), row(1, 1)).problems).toEqual([]);
  });
});

describe('scores where logits were promised', () => {
  const many = (next: (i: number) => number): TensorMap => ({
    o: createTensor(
      'float32',
      [1, 6, 40],
      Float32Array.from({ length: 240 }, (_, i) => (i < 160 ? 10 : next(i))),
    ),
  });

  it('would be activated twice: they make the image unusable, and the message says how to mend the spec', () => {
    const { problems } = decode({ ...yolov8, activation: 'sigmoid' }, many((i) => (i % 8) / 8)); // prettier-ignore
    expect(problems).toEqual([
      {
        isFatal: true,
        isOfSpec: true,
        message:
          'head yolov8: output "o" holds numbers from 0 to 0.875, expected logits: these are scores already; ' +
          'set head.activation to "none", or name another output in head.outputs',
      },
    ]);
  });

  it('are not those of which one is below 0, or few, or all 0', () => {
    const sigmoid = { ...yolov8, activation: 'sigmoid' };
    expect(decode(sigmoid, many((i) => (i === 200 ? -0.5 : 0.5))).problems).toEqual([]); // prettier-ignore
    expect(decode(sigmoid, many(() => 0)).problems).toEqual([]); // prettier-ignore
    expect(decode(sigmoid, anchors([...box, 0.5, 0.25], [...box, 0.5, 0.5])).problems).toEqual([]);
  });
});

describe('what scores are to each other', () => {
  const ssd = (activation: 'softmax' | 'sigmoid' | 'none', background: boolean): HeadSpec => ({
    ...{ type: 'ssd', outputs: { scores: 's', boxes: 'b' }, activation, background },
    boxEncoding: { type: 'decoded', format: 'xyxy' },
  });

  it.each([
    [classifier('softmax'), 'distribution'],
    [classifier('sigmoid'), 'independent'],
    [classifier('none'), 'distribution'],
    [ssd('softmax', true), 'distribution'],
    [ssd('sigmoid', false), 'independent'],
    [ssd('none', true), 'distribution'],
    [ssd('none', false), 'independent'],
    [yolov8, 'independent'],
  ] as const)('%j is %s, where the spec says nothing', (head, kind) => {
    const spec = specOf(head, labels, size);
    expect(createHead(spec, 'detections').scoreKind).toBe(kind);
    const other = kind === 'independent' ? 'distribution' : 'independent';
    expect(createHead({ ...spec, scoreKind: other }, 'detections').scoreKind).toBe(other);
  });

  it('the task is classification for classifiers alone', () => {
    expect(createHead(specOf(classifier('none'), labels, size), 'detections').task).toBe('classification');
    expect(createHead(specOf(yolov8, labels, size), 'detections').task).toBe('detection');
  });
});
