import { createTensor } from '@qualm/types';
import type { HeadSpec } from '@qualm/types';
import { expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { specOf } from './fixture.ts';

it('a class that peaks in the next cell does not give its name to the box of this one', () => {
  const size = { width: 12, height: 4 };
  const head: HeadSpec = {
    ...{ type: 'centernet', outputs: { heatmap: 'h', sizes: 's' }, layout: 'nchw', activation: 'none' },
    iouThreshold: 1,
  };
  const labels = ['cat', 'dog'].map((name, id) => ({ id, name }));
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const outputs = {
    h: createTensor('float32', [1, 2, 1, 3], Float32Array.of(0.875, 0.75, 0, 0.125, 0.5, 0.25)),
    s: createTensor('float32', [1, 2, 1, 3], new Float32Array(6).fill(1)),
  };
  const spec = specOf(head, labels, size);
  const [scores] = createHead(spec, 'class_scores').decode(outputs, [geometry]);
  const [found] = createHead(spec, 'detections', { minScore: 0 }).decode(outputs, [geometry]);
  expect(Array.from(scores!, (row) => row.label_ids[0])).toEqual([...found!.labelIds]);
  expect(Array.from(scores!, (row) => row.scores[0])).toEqual([...found!.scores]);
  expect([...scores!.at(1)!.label_ids]).toEqual([1, 0]);
  expect(scores!.at(1)!.scores[1]).toBeCloseTo(0.5, 6);
});
