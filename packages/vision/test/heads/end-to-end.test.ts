import { createTensor, formOf, hasClassScores } from '@qualm/types';
import type { HeadSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead, heads } from '../../src/index.ts';
import type { EndToEndHeadSpec } from '../../src/index.ts';
import { specOf, stretched } from './fixture.ts';

const size = { width: 64, height: 64 };
const labels = [
  { id: 1, name: 'cat' },
  { id: 18, name: 'dog' },
];
const one: EndToEndHeadSpec = { type: 'end-to-end', outputs: { predictions: 'o' } };
const three: EndToEndHeadSpec = {
  ...{ type: 'end-to-end', outputs: { boxes: 'boxes', scores: 'scores', labels: 'labels' }, classes: 'id' },
};

/** As torchvision's detectors give them when exported: no batch, labels as int64. */
const alone: TensorMap = {
  boxes: createTensor('float32', [2, 4], Float32Array.of(4, 4, 20, 20, 30, 10, 60, 40)),
  scores: createTensor('float32', [2], Float32Array.of(0.75, 0.5)),
  labels: createTensor('int64', [2], BigInt64Array.of(18n, 1n)),
};

function decode(head: HeadSpec, outputs: TensorMap): { readonly rows: unknown[]; readonly problems: OutputProblem[] } {
  const problems: OutputProblem[] = [];
  const made = createHead(specOf(head, labels, size), 'detections', { minScore: 0 });
  const [found] = made.decode(outputs, [stretched(size, size)], (_image, problem) => problems.push(problem));
  return { rows: Array.from(found!, ({ score, label_id }) => [label_id, score]), problems };
}

describe('end-to-end', () => {
  it('reads three outputs without a batch, with ids of labels in int64', () => {
    expect(decode(three, alone)).toEqual({ rows: [[18, 0.75], [1, 0.5]], problems: [] }); // prettier-ignore
    const int32 = { ...alone, labels: createTensor('int32', [2], Int32Array.of(1, 18)) };
    expect(decode(three, int32).rows).toEqual([[1, 0.75], [18, 0.5]]); // prettier-ignore
  });

  it('reads an image in which nothing was found', () => {
    const none = { boxes: createTensor('float32', [0, 4]), scores: createTensor('float32', [0]) };
    expect(decode(three, { ...none, labels: createTensor('int64', [0]) })).toEqual({ rows: [], problems: [] });
  });

  it('takes one image at a time where the outputs have no batch', () => {
    const head = createHead(specOf(three, labels, size), 'detections');
    const geometry = stretched(size, size);
    expect(() => head.decode(alone, [geometry, geometry])).toThrow('too small for image 1 of the batch');
  });

  it.each<[string, EndToEndHeadSpec, string]>([
    [
      'counted from 0',
      { ...three, classes: 'index' },
      'holds 18 as the class of 1 box, the spec has 2 labels, counted',
    ],
    ['an id', one, 'holds 7 as the class of 1 box'],
  ])('a class that is no label, %s, makes no box without a word', (_, head, message) => {
    const predictions = createTensor(
      'float32',
      [1, 2, 6],
      Float32Array.of(4, 4, 20, 20, 0.75, 7, 30, 10, 60, 40, 0.5, 1),
    );
    const { problems } = decode(head, { ...alone, o: predictions });
    expect(problems).toEqual([{ message: expect.stringContaining(message), isFatal: true, isOfSpec: true }]);
  });

  it('leaves out rows of padding, which score 0', () => {
    const padded = createTensor('float32', [1, 2, 6], Float32Array.of(4, 4, 20, 20, 0.75, 1, 0, 0, 0, 0, 0, 0));
    expect(decode(one, { o: padded })).toEqual({ rows: [[18, 0.75]], problems: [] });
  });

  it.each<[string, object]>([
    ['neither', {}],
    ['both', { predictions: 'o', boxes: 'b', scores: 's', labels: 'l' }],
    ['two of three', { boxes: 'b', scores: 's' }],
  ])('outputs that name %s are an error of the spec', (_, outputs) => {
    const head: HeadSpec = { type: 'end-to-end', outputs };
    expect(() => createHead(specOf(head, labels, size), 'detections')).toThrow('name either');
  });

  it('gives detections unless the spec says otherwise, as every caller finds out by formOf', () => {
    expect(formOf({ head: one }, heads)).toBe('detections');
    expect(formOf({ head: one })).toBe('detections');
    expect(formOf({ head: one, form: 'class_scores' }, heads)).toBe('class_scores');
    expect(formOf({ head: { type: 'yolox' } }, heads)).toBe('class_scores');
    expect(hasClassScores('mine', { mine: { ...heads['end-to-end'], type: 'mine' } })).toBe(false);
  });
});
