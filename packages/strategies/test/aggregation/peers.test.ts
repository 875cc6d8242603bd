import { readFileSync } from 'node:fs';
import type { RankOrder } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import * as strategies from '../../src/index.ts';
import type { Aggregation } from '../../src/index.ts';

interface Fixture {
  readonly source: string;
  readonly values: number[];
  readonly offsets: number[];
  readonly maximum: number[];
  readonly minimum: number[];
  readonly sum: number[];
  readonly mean: number[];
  readonly count: number[];
  readonly topKMean: { readonly k: number; readonly order: RankOrder; readonly expected: number[] }[];
  readonly quantile: { readonly q: number; readonly expected: number[] }[];
  readonly difficulties: number[];
  readonly weights: { readonly alpha: number; readonly beta: number; readonly expected: number[] }[];
  readonly objects: { readonly classes: number[]; readonly scores: number[]; readonly ious: number[] };
  readonly classDifficulties: { readonly xi: number; readonly expected: number[] }[];
}

const file = new URL('../../fixtures/aggregation/aggregation.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const { values, offsets } = fixture;

describe(`groups of values give what ${fixture.source} gives:`, () => {
  const { maximum, minimum, countOfBoxes, meanOfBoxes, sumOfBoxes } = strategies;
  const exact = { maximum, minimum, count: countOfBoxes };
  it.each(['maximum', 'minimum', 'count'] as const)('%s, to the bit', (key) => {
    expect([...by(exact[key])]).toEqual(fixture[key]);
  });
  it('sum', () => expectClose(by(sumOfBoxes), fixture.sum));
  it('mean', () => expectClose(by(meanOfBoxes), fixture.mean));
  it('are still found under their old names', () => {
    const old = [strategies.count, strategies.mean, strategies.sum];
    expect(old).toEqual([countOfBoxes, meanOfBoxes, sumOfBoxes]);
  });
  it.each(fixture.topKMean)('topKMean($k), $order', ({ k, order, expected }) =>
    expectClose(by(strategies.topKMean(k), order), expected),
  );
  it.each(fixture.quantile)('quantile($q)', ({ q, expected }) => expectClose(by(strategies.quantile(q)), expected));
});

it.each(fixture.weights)('difficultyWeights, alpha $alpha and beta $beta', ({ expected, ...options }) => {
  expectClose(strategies.difficultyWeights(fixture.difficulties, options), expected);
});

it.each(fixture.classDifficulties)('classDifficulties, xi $xi', ({ xi, expected }) => {
  expectClose(strategies.classDifficulties(fixture.objects, { numClasses: 4, xi }), expected);
});

function by(aggregation: Aggregation, order: RankOrder = 'descending'): Float64Array {
  return strategies.aggregate({ name: 'x', values, order }, offsets, aggregation, { empty: 'last' }).values;
}

/** Within a few roundings of the largest number that was added. */
function expectClose(got: Float64Array, expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(value))),
  );
}
