import { createTensor } from '@qualm/types';
import type { HeadSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead } from '../../src/create-head.ts';
import { specOf, stretched } from './fixture.ts';

const size = { width: 64, height: 64 };
const labels = [
  { id: 1, name: 'cat' },
  { id: 2, name: 'dog' },
];

/** What a head of decoded boxes says of these, which all score 0.75. */
function problemsOf(boxes: readonly (readonly number[])[], head: object = {}): OutputProblem[] {
  const spec: HeadSpec = {
    ...{ type: 'two-outputs', outputs: { boxes: 'b', scores: 's' }, format: 'xyxy', units: 'pixels', iouThreshold: 1 },
    ...head,
  };
  const outputs: TensorMap = {
    b: createTensor('float32', [1, boxes.length, 4], Float32Array.from(boxes.flat())),
    s: createTensor('float32', [1, boxes.length, 2], new Float32Array(2 * boxes.length).fill(0.75)),
  };
  const problems: OutputProblem[] = [];
  createHead(specOf(spec, labels, size), 'class_scores').decode(outputs, [stretched(size, size)], (_image, problem) =>
    problems.push(problem),
  );
  return problems;
}

const many = (box: readonly number[]): number[][] =>
  Array.from({ length: 12 }, (_, i) => box.map((side) => side + i / 100));

describe('boxes that cannot be what the spec says', () => {
  it('more than half with the right side left of the left one are no corners: fatal, of the spec', () => {
    const found = problemsOf([[32, 32, 8, 8], [40, 20, 8, 8], [32, 30, 8, 8], [4, 4, 8, 8]]); // prettier-ignore
    expect(found).toMatchObject([{ isFatal: true, isOfSpec: true }]);
    expect(found[0]!.message).toContain('3 of 4 boxes have a right side left of the left one');
    expect(found[0]!.message).toContain('perhaps centre and size (head "detr"');
  });

  it('one in a hundred, as quantised models have them, is a box without area, as in torchvision', () => {
    const found = problemsOf([...many([4, 4, 8, 8]), [32, 32, 8, 8]]);
    expect(found).toEqual([]);
  });

  it('more than one in ten are counted', () => {
    const found = problemsOf([[32, 32, 8, 8], [1, 1, 8, 8], [4, 4, 8, 8]]); // prettier-ignore
    expect(found).toMatchObject([{ isFatal: false, isOfSpec: false }]);
    expect(found[0]!.message).toContain('1 of 3; they have no area');
  });

  it('nearly all outside of the input are pixels taken for 0..1', () => {
    const found = problemsOf(many([10, 10, 20, 20]), { units: 'relative' });
    expect(found).toMatchObject([{ isFatal: true, isOfSpec: true }]);
    expect(found[0]!.message).toContain('12 of 12 boxes lie outside of the input');
    expect(found[0]!.message).toContain('set head.units to "pixels"');
    const ssd = { type: 'ssd', activation: 'none', background: false };
    const clipped = { ...ssd, boxEncoding: { type: 'decoded', format: 'xyxy' }, format: undefined, units: undefined };
    expect(problemsOf(many([10, 10, 20, 20]), clipped)[0]!.message).toContain('12 of 12 boxes lie outside');
  });

  it('nearly all many times as large as the input are too', () => {
    const found = problemsOf(many([-100, 10, 200, 20]));
    expect(found[0]!.message).toContain('12 of 12 boxes lie outside of the input or are many times as large');
  });

  it('all in the upper left corner are 0..1 taken for pixels', () => {
    const found = problemsOf(many([0.1, 0.1, 0.5, 0.75]));
    expect(found).toMatchObject([{ isFatal: true, isOfSpec: true }]);
    expect(found[0]!.message).toContain('all 12 boxes lie in the first 4 pixels');
    expect(found[0]!.message).toContain('set head.units to "relative"');
  });

  it('three of either kind may be there: too few to tell', () => {
    expect(problemsOf(many([0.1, 0.1, 0.5, 0.75]).slice(0, 3))).toEqual([]);
    expect(problemsOf(many([70, 70, 80, 80]).slice(0, 3))).toEqual([]);
    expect(problemsOf([[32, 32, 8, 8]])).toMatchObject([{ isFatal: false, isOfSpec: false }]);
  });

  it('boxes without area are boxes', () => {
    expect(problemsOf(many([10, 10, 10, 10]))).toEqual([]);
  });
});
