import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binary,
  createEntropy,
  createLeastConfidence,
  entropy,
  gini,
  leastConfidence,
  margin,
  ratio,
} from '../../src/index.ts';

const score = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 1e-30, max: 1, noNaN: true }));
const vector = fc.array(score, { minLength: 1, maxLength: 100 }).filter((scores) => scores.some((p) => p > 0));
const normalized = createEntropy({ normalized: true });

describe.each([
  ['leastConfidence', leastConfidence, () => 1],
  ['margin', margin, () => 1],
  ['ratio', ratio, () => 1],
  ['entropy', entropy, (k: number) => Math.log(k)],
  ['entropy, normalised', normalized, () => 1],
  ['entropy, raw', createEntropy({ renormalize: false }), (k: number) => k / Math.E],
])('%s', (_, strategy, most) => {
  it('(p) lies between 0 and its most', () => {
    fc.assert(
      fc.property(vector, (scores) => {
        const got = strategy(scores);
        expect(got).toBeGreaterThanOrEqual(0);
        expect(got).toBeLessThanOrEqual(most(Math.max(2, scores.length)) + 1e-12);
      }),
    );
  });

  it('(p) does not change when classes change places', () => {
    const shuffled = vector.chain((scores) =>
      fc.tuple(fc.constant(scores), fc.shuffledSubarray(scores, { minLength: scores.length })),
    );
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        expect(strategy(b)).toBeCloseTo(strategy(a), 12);
      }),
    );
  });

  it('(p) is NaN as soon as one score is', () => {
    fc.assert(
      fc.property(vector, fc.nat(), (scores, at) => {
        const spoilt = scores.with(at % scores.length, NaN);
        expect(strategy(spoilt)).toBeNaN();
        expect(strategy.scoreRows!(Float32Array.from(spoilt), spoilt.length)[0]).toBeNaN();
      }),
    );
  });

  it('leaves its input as it was', () => {
    fc.assert(
      fc.property(vector, (scores) => {
        const matrix = Float32Array.from(scores);
        const before = matrix.slice();
        strategy(Object.freeze(scores));
        strategy.scoreRows!(matrix, scores.length);
        expect(matrix).toEqual(before);
      }),
    );
  });

  it.each([Float32Array, Float64Array])('.scoreRows(%o) is score row by row', (Storage) => {
    const signed = fc.float({ noNaN: false, noDefaultInfinity: false });
    const rows = fc.integer({ min: 1, max: 12 }).chain((numClasses) =>
      fc.record({
        numClasses: fc.constant(numClasses),
        scores: fc
          .array(
            fc.array(fc.oneof(fc.float({ min: 0, max: 1 }), signed), { minLength: numClasses, maxLength: numClasses }),
          )
          .map((list) => list.flat()),
      }),
    );
    fc.assert(
      fc.property(rows, ({ numClasses, scores }) => {
        const matrix = Storage.from(scores);
        const got = strategy.scoreRows!(matrix, numClasses);
        got.forEach((value, row) => {
          const wanted = strategy(matrix.subarray(row * numClasses, (row + 1) * numClasses));
          if (Number.isFinite(wanted))
            expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
          else expect(value).toBe(wanted);
        });
      }),
    );
  });
});

it('with two classes that sum to 1 all strategies rank alike', () => {
  const pair = fc.double({ min: 0.5, max: 1, noNaN: true }).map((p) => [p, 1 - p]);
  fc.assert(
    fc.property(pair, pair, (a, b) => {
      fc.pre(Math.abs(a[0]! - b[0]!) > 1e-6);
      const all = [
        leastConfidence,
        margin,
        ratio,
        entropy,
        gini,
        normalized,
        createLeastConfidence({ normalized: true }),
      ];
      const lessSure = all.flatMap((strategy) => {
        const lone = binary(strategy);
        const comes = (x: number, y: number): boolean => (strategy.order === 'descending' ? x > y : x < y);
        return [comes(strategy(a), strategy(b)), comes(lone([a[1]!]), lone([b[0]!]))];
      });
      expect(new Set(lessSure).size).toBe(1);
    }),
  );
});
