import { table } from 'arquero';
import { expect, it } from 'vitest';
import { compareWithRandom } from '../src/index.ts';

const curves = table({
  strategy: ['random', 'random', 'random', 'random', 'mine', 'mine', 'mine', 'mine'],
  seed: [1, 1, 2, 2, 1, 1, 2, 2],
  labels: [10, 20, 10, 20, 10, 20, 10, 20],
  accuracy: [0.5, 0.7, 0.5, 0.8, 0.5, 0.9, 0.5, 0.8],
});

it('compareWithRandom(curves, target) pairs the seeds, and reads labels off the mean curve', () => {
  expect(compareWithRandom(curves, 0.75)).toEqual([
    { strategy: 'random', seeds: 2, meanAccuracy: 0.625, difference: 0, standardError: 0, wins: 0, labelsToTarget: 20 },
    {
      strategy: 'mine',
      seeds: 2,
      meanAccuracy: expect.closeTo(0.675, 12),
      // Of the differences .1 and 0: the mean, and their standard deviation .0707 over the root of
      // 2.
      difference: expect.closeTo(0.05, 12),
      standardError: expect.closeTo(0.05, 12),
      wins: 1,
      labelsToTarget: expect.closeTo(10 + (10 * (0.75 - 0.5)) / (0.85 - 0.5), 12),
    },
  ]);
});

it('compareWithRandom(curves, target) has null where a target is never reached, and the first labels where at once', () => {
  expect(compareWithRandom(curves, 0.9).map(({ labelsToTarget }) => labelsToTarget)).toEqual([null, null]);
  expect(compareWithRandom(curves, 0.5).map(({ labelsToTarget }) => labelsToTarget)).toEqual([10, 10]);
});

it('compareWithRandom(curves without random) throws', () => {
  const alone = curves.filter((row: { strategy: string }) => row.strategy === 'mine');
  expect(() => compareWithRandom(alone, 0.9)).toThrow(RangeError);
});
