import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classificationChange, deltaF, kappaAverage, overallUncertainty } from '../../src/index.ts';

interface Case {
  readonly name: string;
  readonly numClasses: number;
  readonly predictions: string[];
  readonly KappaAverage: { window_size?: number; kappa?: number; stop: boolean[]; kappa_history: number[] }[];
  readonly DeltaFScore: {
    positive: number;
    window_size?: number;
    threshold?: number;
    stop: boolean[];
    delta_history: (number | null)[];
  }[];
  readonly ClassificationChange: { threshold: number; stop: boolean[] }[];
}
interface Digits extends Case {
  readonly labels: number[];
  readonly accuracy: number[];
  readonly probabilities: string[];
  readonly OverallUncertainty: { threshold: number; stop: boolean[]; 'scipy.stats.entropy, mean / ln k': number[] }[];
}

const fixture = new URL('../../fixtures/stopping/stopping.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const digits = cases.find((row): row is Digits => row.name === 'digits')!;

/** What is left of an option that the fixture has, under our name. */
function optional<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}

describe.each(cases)('$name', (row) => {
  const rounds = row.predictions.map((round) => Int32Array.from(round, Number));
  const histories = rounds.map((_, round) => rounds.slice(0, round + 1));

  it("kappaAverage stops when small-text's KappaAverage does, with the mean of its last kappas", () => {
    for (const { window_size, kappa, stop, kappa_history } of row.KappaAverage) {
      const options = { ...optional('window', window_size), ...optional('threshold', kappa) };
      const got = histories.map((history) => kappaAverage(history, row.numClasses, options));
      expect(got.map((decision) => decision.stop)).toEqual(stop);
      const last = kappa_history.reduce((sum, value) => sum + value, 0) / kappa_history.length;
      expect(got.at(-1)!.value).toBeCloseTo(last, 12);
    }
  });

  it("deltaF stops when small-text's DeltaFScore does, with the greatest of its last changes", () => {
    for (const { positive, window_size, threshold, stop, delta_history } of row.DeltaFScore) {
      const options = { positive, ...optional('window', window_size), ...optional('threshold', threshold) };
      const got = histories.map((history) => deltaF(history, options));
      expect(got.map((decision) => decision.stop)).toEqual(stop);
      const last = Math.max(...delta_history.map((value) => value ?? NaN));
      expect(got.at(-1)!.value).toEqual(Number.isNaN(last) ? NaN : expect.closeTo(last, 12));
    }
  });

  it("classificationChange stops when small-text's ClassificationChange does", () => {
    for (const { threshold, stop } of row.ClassificationChange) {
      expect(histories.map((history) => classificationChange(history, { threshold }).stop)).toEqual(stop);
    }
  });
});

it("overallUncertainty stops when small-text's OverallUncertainty does, with SciPy's mean entropy", () => {
  const rounds = digits.probabilities.map((bytes) => Float64Array.from(Buffer.from(bytes, 'base64'), (p) => p / 255));
  for (const { threshold, stop, ...means } of digits.OverallUncertainty) {
    const got = rounds.map((_, round) => overallUncertainty(rounds.slice(0, round + 1), 10, { threshold }));
    expect(got.map((decision) => decision.stop)).toEqual(stop);
    got.forEach(({ value }, round) => {
      expect(value).toBeCloseTo(means['scipy.stats.entropy, mean / ln k'][round]!, 12);
    });
  }
});

/* What the page on stopping says. */
it('on the digits kappaAverage stops at 340 labels, where the accuracy is .970; it is .974 at 520', () => {
  const rounds = digits.predictions.map((round) => Int32Array.from(round, Number));
  const stopped = rounds.findIndex((_, round) => kappaAverage(rounds.slice(0, round + 1), 10).stop);
  expect(digits.labels[stopped]).toBe(340);
  expect(digits.accuracy[stopped]).toBeCloseTo(0.97, 3);
  expect(digits.accuracy.at(-1)).toBeCloseTo(0.974, 3);
  const eager = rounds.findIndex((_, round) => deltaF(rounds.slice(0, round + 1), { positive: 8 }).stop);
  expect([digits.labels[eager], digits.accuracy[eager]]).toEqual([160, expect.closeTo(0.954, 3)]);
});
