import { expect, it } from 'vitest';
import { createStrategy, entropy, margin, orient } from '../../src/index.ts';

it('orient(margin) is 1 - margin, as scikit-activeml has it', () => {
  const turned = orient(margin);
  expect(turned([0.2, 0.5, 0.3])).toBeCloseTo(0.8, 14);
  expect([...turned.scoreRows!(Float64Array.of(0.2, 0.5, 0.3, 1, 0, 0), 3)]).toEqual([expect.closeTo(0.8, 14), 0]);
  expect([turned.name, turned.order, turned.range!(3)]).toEqual(['marginUncertainty', 'descending', [0, 1]]);
});

it('orient(strategy that is descending) scores as before', () => {
  expect(orient(entropy)([0.5, 0.5])).toBe(Math.LN2);
  expect(orient(entropy).name).toBe('entropy');
});

it('orient(strategy without a finite range) turns the sign', () => {
  const bare = createStrategy('first', 'ascending', (scores) => scores[0]!);
  const unbounded = createStrategy('first', 'ascending', (scores) => scores[0]!, { range: () => [-Infinity, 3] });
  expect(orient(bare)([4])).toBe(-4);
  expect(orient(unbounded)([4])).toBe(-4);
  expect(orient(unbounded).range!(1)).toEqual([-3, Infinity]);
});
