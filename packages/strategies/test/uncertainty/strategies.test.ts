import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Strategy } from '@qualm/types';
import { createEntropy, createStrategy, entropy, leastConfidence, margin, ratio } from '../../src/index.ts';

const near = (wanted: number, digits: number): unknown => (Number.isNaN(wanted) ? NaN : expect.closeTo(wanted, digits));

// The values are those of scipy.stats.entropy 1.17 and of the textbook form -sum(p log2 p) / log2
// n.
describe.each([
  ['leastConfidence', leastConfidence, [0.5, 0.25], 0.5],
  ['margin', margin, [0.5, 0.25], 0.25],
  ['ratio', ratio, [0.5, 0.25], 0.5],
  ['entropy', entropy, [0.5, 0.25], 0.6365141682948128],
  ['entropy, normalised', createEntropy({ normalized: true }), [0.5, 0.25], 0.9182958340544896],
  ['entropy, normalised, raw', createEntropy({ normalized: true, renormalize: false }), [0.5, 0.25], 1],
  ['entropy', entropy, [1, 0], 0],
  ['entropy', entropy, [0.5, 0.5], Math.LN2],
  ['entropy', entropy, Array<number>(90).fill(0.01), 4.499809670330265],
  ['entropy, base 2', createEntropy({ base: 2 }), [0.5, 0.5], 1],
  ['margin', margin, [0.4, 0.4], 0],
  ['ratio', ratio, [0.4, 0.4], 1],
  ['leastConfidence, one class', leastConfidence, [0.3], 0.3],
  ['margin, one class', margin, [0.3], 0.4],
  ['margin, one class of no score', margin, [0], 1],
  ['ratio, one class', ratio, [0.3], 3 / 7],
  ['entropy, one class', entropy, [0.3], 0.6108643020548935],
  ['entropy, one class, normalised', createEntropy({ normalized: true }), [0.3], 0.8812908992306926],
  ['leastConfidence, all zeros', leastConfidence, [0, 0], 1],
  ['margin, all zeros', margin, [0, 0], 0],
  ['ratio, all zeros', ratio, [0, 0], NaN],
  ['entropy, all zeros', entropy, [0, 0], NaN],
  ['entropy, all zeros by option', createEntropy({ zero: 0 }), [0, 0], 0],
  ['entropy, all zeros, raw', createEntropy({ renormalize: false }), [0, 0], 0],
  ['entropy, a negative score', entropy, [0.5, -0.1], NaN],
  ['leastConfidence, negative scores', leastConfidence, [-2, -1], 2],
  ['margin, negative scores', margin, [-2, -1, -4], 1],
  ['margin, one negative score', margin, [-2], NaN],
])('%s(p)', (_, strategy, scores, wanted) => {
  it(`of [${scores.slice(0, 3).join(', ')}] is ${wanted}`, () => {
    expect(strategy(scores)).toEqual(near(wanted, 13));
    expect(strategy.scoreRows!(Float64Array.from(scores), scores.length)[0]).toEqual(near(wanted, 13));
    expect(strategy.scoreRows!(Float32Array.from(scores), scores.length)[0]).toEqual(near(wanted, 6));
  });
});

describe.each([leastConfidence, margin, ratio, entropy])('$name', (strategy) => {
  it('(NaN) and () are NaN', () => {
    expect(strategy([0.5, NaN, 0.1])).toBeNaN();
    expect(strategy([NaN])).toBeNaN();
    expect(strategy([])).toBeNaN();
    expect(strategy.scoreRows!(Float32Array.of(0.5, NaN, 0.1, 0.5, 0.1, 0.1), 3)[0]).toBeNaN();
    expect(strategy.scoreRows!(Float32Array.of(-NaN, NaN, 0.1), 3)[0]).toBeNaN();
  });

  it('.scoreRows(matrix, numClasses, out) fills and returns out', () => {
    const out = new Float64Array(2);
    expect(strategy.scoreRows!(Float32Array.of(0.5, 0.25, 0.75, 0.25), 2, out)).toBe(out);
    expect(out[1]).toBeCloseTo(strategy([0.75, 0.25]), 12);
  });

  it.each([
    [3, undefined],
    [0, undefined],
    [0.5, undefined],
    [NaN, undefined],
    [2, new Float64Array(3)],
  ])('.scoreRows(4 scores, %s, %s) throws a RangeError', (numClasses, out) => {
    expect(() => strategy.scoreRows!(new Float32Array(4), numClasses, out)).toThrow(RangeError);
  });

  it('is a frozen Strategy', () => {
    expectTypeOf(strategy).toExtend<Strategy>();
    expect(Object.isFrozen(strategy)).toBe(true);
    expect(Object.keys(strategy)).toEqual(['name', 'order', 'score', 'scoreRows', 'range']);
  });
});

it('order says which end is least sure', () => {
  expect([leastConfidence, margin, ratio, entropy].map(({ order }) => order)).toEqual([
    'descending',
    'ascending',
    'descending',
    'descending',
  ]);
});

it.each([0, 1, -2, NaN, Infinity])('createEntropy({ base: %s }) throws a RangeError', (base) => {
  expect(() => createEntropy({ base })).toThrow(RangeError);
});

it('createStrategy(name, order, score) is score with a name and an order', () => {
  const first = createStrategy('first', 'ascending', (scores) => scores[0]!);
  expect(first([3, 4])).toBe(3);
  expect({ ...first }).toEqual({ name: 'first', order: 'ascending', score: expect.any(Function) });
});
