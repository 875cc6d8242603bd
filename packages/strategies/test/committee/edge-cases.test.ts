import { describe, expect, it } from 'vitest';
import type { ScoresColumn } from '@qualm/types';
import { bald, committeeColumn, entropyOfVotes, variationRatio, voteEntropy } from '../../src/index.ts';
import { all, disagreements } from './strategies.ts';

describe.each(all)('$name', (strategy) => {
  it('(no members) and (members of different shapes) throw a RangeError', () => {
    expect(() => strategy([])).toThrow(RangeError);
    expect(() => strategy([[0.5, 0.5], [1]])).toThrow('member 1 has 1 scores, member 0 has 2');
    expect(() => strategy.scoreRows([], 2)).toThrow(RangeError);
    expect(() => strategy.scoreRows([new Float32Array(4), new Float32Array(2)], 2)).toThrow(RangeError);
    expect(() => strategy.scoreRows([new Float32Array(3)], 2)).toThrow(RangeError);
    expect(() => strategy.scoreRows([new Float32Array(4)], 2, new Float64Array(1))).toThrow(RangeError);
  });

  it('(NaN in one member) and (no classes) are NaN', () => {
    expect(strategy([[0.5, 0.5], [0.5, NaN]])).toBeNaN(); // prettier-ignore
    expect(strategy([[NaN, 0.5]])).toBeNaN();
    expect(strategy([[], []])).toBeNaN();
    const rows = strategy.scoreRows([Float32Array.of(NaN, 0, 1, 0), Float32Array.of(1, 0, 1, 0)], 2);
    expect([...rows]).toEqual([NaN, 0]);
  });

  it('(lone scores) scores the binary distributions [s, 1 - s]', () => {
    const pairs = strategy([[0.3, 0.7], [0.9, 0.1]]); // prettier-ignore
    expect(pairs).toBeGreaterThan(0);
    expect(strategy([[0.3], [0.9]])).toBeCloseTo(pairs, 14);
    expect(strategy.scoreRows([Float64Array.of(0.3), Float64Array.of(0.9)], 1)[0]).toBeCloseTo(pairs, 14);
    expect(strategy.range(1, 3)).toEqual(strategy.range(2, 3));
    expect(strategy([[0.3], [1.5]])).toBeNaN();
  });

  it('.scoreRows(members, numClasses, out) fills and returns out', () => {
    const out = new Float64Array(1).fill(9);
    expect(strategy.scoreRows([Float32Array.of(1, 0), Float32Array.of(1, 0)], 2, out)).toBe(out);
    expect(out[0]).toBe(0);
  });

  it('is frozen and says that large numbers come first', () => {
    expect(Object.isFrozen(strategy)).toBe(true);
    expect(strategy.order).toBe('descending');
  });
});

it.each(disagreements)('$name(one member) is 0', (strategy) => {
  expect(strategy([[0.2, 0.5, 0.3]])).toBeCloseTo(0, 15);
});

it.each(all.filter((strategy) => strategy !== voteEntropy && strategy !== variationRatio))(
  '$name renormalises each member, and is NaN for zeros or a negative score',
  (strategy) => {
    expect(strategy([[4, 1], [1, 1]])).toBeCloseTo(strategy([[0.8, 0.2], [0.5, 0.5]]), 14); // prettier-ignore
    expect(strategy([[0, 0], [1, 0]])).toBeNaN(); // prettier-ignore
    expect(strategy([[1, -0.5], [1, 0]])).toBeNaN(); // prettier-ignore
  },
);

it('voteEntropy votes for the first of equal scores', () => {
  expect(voteEntropy([[0, 0], [0.5, 0.5], [1, 0]])).toBe(0); // prettier-ignore
});

it.each([
  [[0, 1, 2], 2, 3],
  [[0, 1], 0, 3],
  [[0, 3], 2, 3],
  [[0, -1], 2, 3],
  [[0, 0.5], 2, 3],
  [[0, NaN], 2, 3],
  [[0, 0], 2, 0],
])('entropyOfVotes(%j, %s, %s) throws a RangeError', (votes, numMembers, numClasses) => {
  expect(() => entropyOfVotes(votes, numMembers, numClasses)).toThrow(RangeError);
});

const columnOf = (numClasses: number, ...scores: number[]): ScoresColumn => ({
  length: scores.length / numClasses,
  numClasses,
  matrix: Float32Array.from(scores),
  at: () => {
    throw new Error('a row was read');
  },
  [Symbol.iterator]: () => [][Symbol.iterator](),
});

it('committeeColumn(columns, strategy) reads the matrices at once', () => {
  const got = committeeColumn([columnOf(2, 1, 0, 1, 0), columnOf(2, 1, 0, 0, 1)], voteEntropy);
  expect([...got]).toEqual([0, Math.LN2]);
});

it('committeeColumn of no columns or of unequal ones throws a RangeError', () => {
  expect(() => committeeColumn([], bald)).toThrow(RangeError);
  expect(() => committeeColumn([columnOf(2, 1, 0, 1, 0), columnOf(4, 1, 0, 1, 0)], bald)).toThrow(
    'column 1 is [1, 4], column 0 is [2, 2]',
  );
});
