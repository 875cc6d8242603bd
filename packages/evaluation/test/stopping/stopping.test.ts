import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classificationChange,
  cohensKappa,
  deltaF,
  kappaAverage,
  overallUncertainty,
  type PredictionRounds,
  type StoppingDecision,
} from '../../src/index.ts';

const rounds = fc
  .record({ rows: fc.integer({ min: 1, max: 20 }), length: fc.integer({ min: 1, max: 8 }) })
  .chain(({ rows, length }) =>
    fc.array(fc.array(fc.nat({ max: 2 }), { minLength: rows, maxLength: rows }), {
      minLength: length,
      maxLength: length,
    }),
  );

const criteria: [string, (history: PredictionRounds, window: number) => StoppingDecision][] = [
  ['kappaAverage', (history, window) => kappaAverage(history, 3, { window, threshold: 0.5 })],
  ['deltaF', (history, window) => deltaF(history, { window, threshold: 0.5 })],
  ['classificationChange', (history) => classificationChange(history, { threshold: 0.5 })],
];

describe.each(criteria)('%s(rounds)', (_, decide) => {
  it('is the same for rows in another order, and leaves its input', () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 4 }), (history, window) => {
        const before = structuredClone(history);
        const got = decide(history, window);
        expect(history).toEqual(before);
        const { stop, value } = decide(history.map((round) => round.toReversed()), window); // prettier-ignore
        expect(stop).toBe(got.stop);
        expect(value).toEqual(Number.isNaN(got.value) ? NaN : expect.closeTo(got.value, 12));
        expect(got.reason).not.toBe('');
      }),
    );
  });

  it('sees no round that is older than its window', () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 4 }), (history, window) => {
        fc.pre(history.length > window + 1);
        expect(decide(history.slice(-window - 1), window)).toEqual(decide(history, window));
      }),
    );
  });

  it('does not stop without rounds, and refuses rounds without rows or of other rows', () => {
    expect(decide([], 2)).toMatchObject({ stop: false, value: NaN });
    expect(() => decide([[0, 1], [0]], 1)).toThrow('round 1 has 1 predictions, round 0 has 2');
    expect(() => decide([[]], 1)).toThrow('round 0 has 0 predictions');
  });
});

it('options out of range are refused', () => {
  expect(() => kappaAverage([], 2, { window: 0 })).toThrow('kappaAverage: window is 0');
  expect(() => kappaAverage([], 2, { threshold: 1.5 })).toThrow('kappaAverage: threshold is 1.5');
  expect(() => deltaF([], { window: 1.5 })).toThrow('deltaF: window is 1.5');
  expect(() => deltaF([], { threshold: -1 })).toThrow('deltaF: threshold is -1');
  expect(() => classificationChange([], { threshold: NaN })).toThrow('classificationChange: threshold is NaN');
  expect(() => overallUncertainty([], 2, { threshold: 2 })).toThrow('overallUncertainty: threshold is 2');
  expect(() => overallUncertainty([], 1)).toThrow('numClasses is 1');
  expect(() => overallUncertainty([new Float64Array(3)], 2)).toThrow(RangeError);
  expect(() => kappaAverage([[0], [5], [0], [0]], 2)).toThrow('is 5; expected a class');
});

it('say in their reason what decided', () => {
  expect(kappaAverage([[0, 1], [0, 1]], 2, { window: 1 }).reason).toBe('mean kappa of 1 changes is 1.0000, at least 0.99'); // prettier-ignore
  expect(kappaAverage([[0, 1]], 2).reason).toBe('1 of the 4 rounds that are compared');
  expect(classificationChange([[0, 1], [0, 0]]).reason).toBe('1 of 2 predictions changed, more than a share of 0'); // prettier-ignore
  expect(deltaF([[0, 0], [0, 0]], { window: 1 }).reason).toBe('no row is of class 1 in two rounds of the window'); // prettier-ignore
  expect(overallUncertainty([Float64Array.of(0.5, 0.5)], 2).reason).toBe(
    'mean entropy of 1 row is 1.0000, not below 0.05',
  );
});

it('overallUncertainty looks at the last round, stops when no row is left, and not for NaN or without a round', () => {
  const [sure, unsure] = [Float64Array.of(1, 0, 1, 0), Float64Array.of(0.5, 0.5)];
  expect(overallUncertainty([unsure, sure], 2)).toMatchObject({ stop: true, value: 0 });
  expect(overallUncertainty([sure, unsure], 2)).toMatchObject({ stop: false, value: 1 });
  expect(overallUncertainty([new Float64Array(0)], 2)).toEqual({ stop: true, value: NaN, reason: 'no row is left' });
  expect(overallUncertainty([Float64Array.of(NaN, 0.5)], 2)).toMatchObject({ stop: false, value: NaN });
  expect(overallUncertainty([], 2).stop).toBe(false);
});

describe('cohensKappa(first, second, k)', () => {
  it('lies in -1..1, is symmetric, and 1 for the same', () => {
    fc.assert(
      fc.property(rounds, (history) => {
        const [first, second] = [history[0]!, history.at(-1)!];
        const kappa = cohensKappa(first, second, 3);
        expect(kappa).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(kappa).toBeLessThanOrEqual(1);
        expect(cohensKappa(second, first, 3)).toBeCloseTo(kappa, 12);
        expect(cohensKappa(first, first, 3)).toBe(1);
      }),
    );
  });

  it('is NaN for no rows, 0 for what chance gives, -1 for the opposite', () => {
    expect(cohensKappa([], [], 2)).toBeNaN();
    expect(cohensKappa([0, 0, 1, 1], [0, 1, 0, 1], 2)).toBe(0);
    expect(cohensKappa([0, 1], [1, 0], 2)).toBe(-1);
    expect(cohensKappa([0, 0, 1, 1], [0, 1, 1, 1], 2)).toBe(0.5);
  });
});
