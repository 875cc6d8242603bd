import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { softmax } from '../src/softmax.ts';
import { expectClose, readFixture } from './heads/fixture.ts';

it('softmax(logits, 5) is that of torch', () => {
  const { logits, softmax: expected } = readFixture<{ logits: number[]; softmax: number[] }>('softmax');
  const twoSteps = 2 ** -22;
  expect(expectClose(softmax(Float32Array.from(logits), 5), expected, twoSteps)).toBeLessThanOrEqual(twoSteps);
});

it('softmax(logits, n) has rows of sum 1 in the order of the logits, and leaves the logits as they were', () => {
  const row = fc.float32Array({ minLength: 1, maxLength: 50, min: -1e4, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(row, (logits) => {
      const copy = logits.slice();
      const scores = softmax(logits, logits.length);
      expect(logits).toEqual(copy);
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
      expect(scores.indexOf(Math.max(...scores))).toBeGreaterThanOrEqual(0);
      expect(scores[logits.indexOf(Math.max(...logits))]).toBe(Math.max(...scores));
    }),
  );
});

it('softmax writes to out, which may be the logits', () => {
  const logits = Float32Array.of(1, 1, 5, 5);
  expect(softmax(logits, 2, logits)).toBe(logits);
  expect([...logits]).toEqual([0.5, 0.5, 0.5, 0.5]);
});

it('softmax of a row with NaN is NaN, of -Infinity 0, of nothing nothing', () => {
  expect([...softmax(Float32Array.of(NaN, 1, -Infinity, 1), 2)]).toEqual([NaN, NaN, 0, 1]);
  expect(softmax(new Float32Array(0), 3).length).toBe(0);
});

it.each([0, 1.5, 2])('softmax of 3 logits in rows of %d is a RangeError', (numClasses) => {
  expect(() => softmax(new Float32Array(3), numClasses)).toThrow(RangeError);
});

it('softmax into too short an out is a RangeError', () => {
  expect(() => softmax(new Float32Array(4), 2, new Float32Array(3))).toThrow('out has 3 elements; expected 4');
});
