import { createStrategy, margin } from '@qualm/strategies';
import { expect, test } from 'vitest';
import { scoreRows } from '../../src/functions/score-rows.ts';

test('scoreRows(strategy, scores, offsets) scores rows of unequal length, one without scores too', () => {
  const scores = Float32Array.of(9, 0.5, 0.25, 1, 0.75, 0.5);
  expect(scoreRows(margin, scores, Uint32Array.of(1, 3, 4, 4, 6))).toEqual(Float64Array.of(0.25, 1, NaN, 0.25));
});

test('scoreRows calls scoreRows of the strategy once for all rows of one length', () => {
  const calls: number[] = [];
  const counted = createStrategy('counted', 'ascending', () => NaN, {
    scoreRows: (matrix, numClasses) => {
      calls.push(numClasses);
      return new Float64Array(matrix.length / numClasses);
    },
  });
  scoreRows(counted, new Float32Array(9), Uint32Array.of(0, 2, 4, 6, 9));
  expect(calls).toEqual([2, 3]);
});

test('scoreRows of no rows is empty', () => {
  expect(scoreRows(margin, new Float64Array(0), Uint32Array.of(0))).toEqual(new Float64Array(0));
});
