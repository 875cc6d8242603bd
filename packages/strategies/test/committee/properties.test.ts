import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bald, consensusEntropy, expectedEntropy, meanKullbackLeibler } from '../../src/index.ts';
import { all, disagreements } from './strategies.ts';

const score = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 1e-30, max: 1, noNaN: true }));
const committee = fc
  .record({ numClasses: fc.integer({ min: 1, max: 8 }), numMembers: fc.integer({ min: 1, max: 6 }) })
  .chain(({ numClasses, numMembers }) => {
    const vector = fc.array(score, { minLength: numClasses, maxLength: numClasses });
    const nonzero = vector.filter((scores) => scores.some((p) => p > 0));
    return fc.array(nonzero, { minLength: numMembers, maxLength: numMembers });
  });

describe.each(all)('$name', (strategy) => {
  it('(members) lies within its range', () => {
    fc.assert(
      fc.property(committee, (members) => {
        const [low, high] = strategy.range(members[0]!.length, members.length);
        expect(strategy(members)).toBeGreaterThanOrEqual(low);
        expect(strategy(members)).toBeLessThanOrEqual(high + 1e-12);
      }),
    );
  });

  it('(members) does not change when members change places', () => {
    fc.assert(
      fc.property(committee, (members) => {
        expect(strategy(members.toReversed())).toBeCloseTo(strategy(members), 12);
      }),
    );
  });

  it('(members) does not change when classes change places, unless votes are tied', () => {
    fc.assert(
      fc.property(committee, (members) => {
        fc.pre(members.every((scores) => new Set(scores).size === scores.length));
        expect(strategy(members.map((scores) => scores.toReversed()))).toBeCloseTo(strategy(members), 12);
      }),
    );
  });

  it('leaves its input as it was', () => {
    fc.assert(
      fc.property(committee, (members) => {
        const matrices = members.map((scores) => Float64Array.from(scores));
        expect(strategy(members.map(Object.freeze) as number[][])).toBe(
          strategy.scoreRows(matrices, members[0]!.length)[0],
        );
        expect(matrices.map((matrix) => [...matrix])).toEqual(members);
      }),
    );
  });
});

it.each(disagreements)('$name(equal members) is 0', (strategy) => {
  fc.assert(
    fc.property(committee, ([scores]) => {
      expect(strategy([scores!, scores!, scores!])).toBeCloseTo(0, 12);
    }),
  );
});

it('bald is consensusEntropy minus expectedEntropy, and meanKullbackLeibler', () => {
  fc.assert(
    fc.property(committee, (members) => {
      expect(bald(members)).toBeCloseTo(consensusEntropy(members) - expectedEntropy(members), 12);
      expect(bald(members)).toBeCloseTo(meanKullbackLeibler(members), 12);
    }),
  );
});
