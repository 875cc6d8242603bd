import { createTensor } from '@qualm/types';
import type { ClassifierHeadSpec } from '../../src/index.ts';
import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { readFixture, specOf, stretched } from './fixture.ts';

const size = { width: 224, height: 224 };
const geometry = stretched({ width: 640, height: 427 }, size);
const labels = [10, 20, 30, 40, 50].map((id) => ({ id, name: `class ${id}` }));
const head = (activation: ClassifierHeadSpec['activation']): ClassifierHeadSpec => ({
  type: 'classifier',
  outputs: { scores: 'probabilities' },
  activation,
});
const tensors = (values: readonly number[], shape = [values.length / 5, 5]) => ({
  probabilities: createTensor('float32', shape, Float32Array.from(values)),
});

describe('classifier', () => {
  it('detections are one row for each image, whose box is the whole image, however low the score', () => {
    const outputs = tensors([0.1, 0.3, 0.2, 0.3, 0.1, 0, 0, 0, 0, 0.25]);
    const found = createHead(specOf(head('none'), labels, size), 'detections').decode(outputs, [geometry, geometry]);
    expect(found.map(({ length }) => length)).toEqual([1, 1]);
    expect([...found[0]!.boxes]).toEqual([0, 0, 640, 427]);
    expect(found.map(({ labelIds }) => labelIds[0])).toEqual([20, 50]);
    expect(found.map(({ scores }) => scores[0])).toEqual([Math.fround(0.3), 0.25]);
  });

  it('class_scores(none) are not normalised and sorted, ties by column', () => {
    const outputs = tensors([0.1, 0.3, 0.2, 0.3, 0.05], [1, 5, 1, 1]);
    const [found] = createHead(specOf(head('none'), labels, size), 'class_scores').decode(outputs, [geometry]);
    expect([...found!.scores]).toEqual([...Float32Array.of(0.3, 0.3, 0.2, 0.1, 0.05)]);
    expect([...found!.labelIds]).toEqual([20, 40, 30, 10, 50]);
  });

  it('class_scores(softmax) are those of torch', () => {
    const { logits, softmax } = readFixture<{ logits: number[]; softmax: number[] }>('softmax');
    const count = logits.length / 5;
    const decoded = createHead(specOf(head('softmax'), labels, size), 'class_scores').decode(
      tensors(logits),
      Array.from({ length: count }, () => geometry),
    );
    decoded.forEach((found, row) => {
      const expected = softmax.slice(5 * row, 5 * row + 5).sort((a, b) => b - a);
      expected.forEach((value, k) => expect(found.scores[k]).toBeCloseTo(value, 6));
    });
    expect(decoded).toHaveLength(7);
  });

  it('class_scores(sigmoid) are sigmoids', () => {
    const [found] = createHead(specOf(head('sigmoid'), labels, size), 'class_scores').decode(
      tensors([0, 2, -2, 0, 0]),
      [geometry],
    );
    expect(found!.scores[0]).toBeCloseTo(0.8807970779778823, 6);
    expect(found!.scores[4]).toBeCloseTo(0.11920292202211755, 6);
  });

  it('NaN scores are sorted last, and an image with nothing else has no row', () => {
    const outputs = tensors([NaN, 0.2, NaN, 0.5, 0.1, NaN, NaN, NaN, NaN, NaN]);
    const spec = specOf(head('none'), labels, size);
    const [some, none] = createHead(spec, 'class_scores').decode(outputs, [geometry, geometry]);
    expect([...some!.labelIds]).toEqual([40, 20, 50, 10, 30]);
    expect(none!.length).toBe(0);
  });

  it('a classifier has no minScore: every image has its row, the least sure ones above all', () => {
    const outputs = tensors([0.1, 0.3, 0.2, 0.3, 0.05]);
    const spec = specOf(head('none'), labels, size);
    const [found] = createHead(spec, 'detections', { minScore: 0.4 }).decode(outputs, [geometry]);
    expect([...found!.scores]).toEqual([Math.fround(0.3)]);
  });
});
