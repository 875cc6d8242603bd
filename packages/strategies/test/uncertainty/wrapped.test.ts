import { expect, it } from 'vitest';
import type { Strategy } from '@qualm/types';
import {
  binary,
  createRandom,
  entropy,
  fromLogits,
  fromProbabilities,
  leastConfidence,
  margin,
  perLabel,
} from '../../src/index.ts';

/* A matrix is worked on in blocks, so one that is longer than a block, and one whose row is. */
it.each([
  [30_001, 3],
  [2, 40_000],
])('scoreRows of %i rows of %i classes is score row by row', (rows, numClasses) => {
  const random = createRandom(1);
  const matrix = Float32Array.from({ length: rows * numClasses }, random);
  const strategies = [fromLogits(entropy), fromProbabilities(margin, { temperature: 2 }), perLabel(entropy)];
  for (const strategy of [...strategies, perLabel(margin, { combine: 'least-sure' })]) {
    const got = strategy.scoreRows!(matrix, numClasses);
    const wanted = (row: number): number => strategy(matrix.subarray(row * numClasses, (row + 1) * numClasses));
    expect(got.length).toBe(rows);
    expect(
      got.findIndex((value, row) => !(Math.abs(value - wanted(row)) < 1e-9)),
      strategy.name,
    ).toBe(-1);
  }
});

it('a strategy without scoreRows has its rows scored one by one', () => {
  const last: Strategy = { name: 'last', order: 'ascending', score: (scores) => scores[scores.length - 1]! };
  expect([...fromLogits(last).scoreRows!(Float64Array.of(0, 0, 0, Math.log(3)), 2)]).toEqual([
    0.5,
    expect.closeTo(0.75, 12),
  ]);
  expect(fromLogits(last).range).toBeUndefined();
  expect(binary(last).range).toBeUndefined();
  expect([...binary(last).scoreRows!(Float64Array.of(0.75, 0.125), 1)]).toEqual([0.25, 0.125]);
});

it.each([margin, leastConfidence, entropy])('binary($name) and perLabel of s outside 0..1 are NaN', (strategy) => {
  for (const s of [1.5, -0.5, Infinity]) {
    expect(binary(strategy)([s])).toBeNaN();
    expect(perLabel(strategy, { combine: 'least-sure' })([s, 0.5])).toBeNaN();
    expect(perLabel(strategy)([0.5, s])).toBeNaN();
  }
});

it.each([
  ['fromLogits', () => fromLogits(margin, { temperature: 0 })],
  ['fromLogits', () => fromLogits(margin, { temperature: NaN })],
  ['fromLogits', () => fromLogits(margin, { temperature: Infinity })],
  ['fromLogits', () => fromLogits(margin, { activation: 'tanh' as 'sigmoid' })],
  ['fromProbabilities', () => fromProbabilities(margin, { temperature: -1 })],
  ['perLabel', () => perLabel(margin, { combine: 'toString' as 'mean' })],
])('%s throws a RangeError for options that mean nothing', (where, make) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(where);
});

it.each([
  ['+Infinity', [Infinity, 0], NaN, 0.5],
  ['-Infinity', [-Infinity, 0], 1, 0.5],
  ['nothing but -Infinity', [-Infinity, -Infinity], NaN, 1],
])('fromLogits(margin) of %s is as the docs say', (_, logits, softmax, sigmoid) => {
  expect(fromLogits(margin)(logits)).toBe(softmax);
  expect(fromLogits(perLabel(margin), { activation: 'sigmoid' })(logits)).toBe(sigmoid);
});
