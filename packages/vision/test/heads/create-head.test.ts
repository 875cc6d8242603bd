import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { expectClose, headCases, specOf, tensorsOf } from './fixture.ts';

describe.each(headCases())('$name', ({ head, labels, size, geometry, outputs, expected }) => {
  const spec = specOf(head, labels, size);
  const tensors = tensorsOf(outputs);
  const keepsTwins = head.type !== 'classifier' && head['duplicates'] === 'keep';
  const isEndToEnd = head.type === 'end-to-end';
  const hasNone = keepsTwins || isEndToEnd;

  it('detections are those of the independent reference', () => {
    const [found] = createHead(spec, 'detections', { minScore: 0 }).decode(tensors, [geometry]);
    expect(found!.length).toBeGreaterThan(10);
    expect([...found!.labelIds]).toEqual(expected.labelIds);
    expect(expectClose(found!.scores, expected.scores, 1e-6)).toBeLessThanOrEqual(1e-6);
    expect(expectClose(found!.boxes, expected.boxes, 2e-4)).toBeLessThanOrEqual(2e-4);
  });

  it.runIf(isEndToEnd)('class scores are refused, with how to export again', () => {
    expect(() => createHead(spec, 'class_scores')).toThrow(/keeps one score of each box.*end2end=False, nms=False/);
  });

  it.runIf(keepsTwins && !isEndToEnd)(
    'class scores are refused, since rows that stand once for each class would be the same',
    () => {
      expect(() => createHead(spec, 'class_scores')).toThrow('duplicates "keep" gives class_scores the same row');
    },
  );

  it.skipIf(hasNone)('class scores are whole rows, sorted, in the order of the detections', () => {
    const [found] = createHead(spec, 'class_scores').decode(tensors, [geometry]);
    expect(found!.numClasses).toBe(labels.length);
    expect(expectClose(found!.boxes, expected.boxes, 2e-4)).toBeLessThanOrEqual(2e-4);
    expect(expectClose(found!.scores, expected.classScores, 1e-6)).toBeLessThanOrEqual(1e-6);
    expect([...found!.labelIds]).toEqual(expected.classLabelIds);
  });

  it('detections(minScore default) are those of at least 0.5', () => {
    const [found] = createHead(spec, 'detections').decode(tensors, [geometry]);
    expect(found!.length).toBe(expected.scores.filter((score) => score >= 0.5).length);
  });

  it.skipIf(hasNone)('class_scores(topK: 2) are the first two of each row', () => {
    const all = createHead(spec, 'class_scores').decode(tensors, [geometry])[0]!;
    const two = createHead(spec, 'class_scores', { topK: 2 }).decode(tensors, [geometry])[0]!;
    expect([...two].map((row) => [...row.scores])).toEqual([...all].map((row) => [...row.scores.slice(0, 2)]));
    expect([...two].map((row) => [...row.label_ids])).toEqual([...all].map((row) => [...row.label_ids.slice(0, 2)]));
  });

  it('decode gives each image of a batch what it gives it alone, and leaves outputs as they were', () => {
    const twice = Object.fromEntries(
      Object.entries(outputs).map(([name, { shape, data }]) => [
        name,
        { shape: [2, ...shape.slice(1)], data: [...data.map(() => 0.3), ...data] },
      ]),
    );
    const batch = tensorsOf(twice);
    const [alone] = createHead(spec, 'detections', { minScore: 0 }).decode(tensors, [geometry]);
    const [, second] = createHead(spec, 'detections', { minScore: 0 }).decode(batch, [geometry, geometry]);
    expect(second).toEqual(alone);
    expect(batch).toEqual(tensorsOf(twice));
  });
});
