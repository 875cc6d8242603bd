import { areNear } from './strategy-bench.ts';
import type { StrategyBench } from './strategy-bench.ts';
import { certainVector, createRandom, openVector } from './sample-vectors.ts';

/** What `score`, `name`, `order` and `range` say. */
export function scoreCases({ vitest, strategy, samples, input, symmetric }: StrategyBench): void {
  const { expect, test } = vitest;
  /** What `check` says of each vector of the samples: an empty text where all is well. */
  const complaints = (check: (scores: readonly number[], numClasses: number) => string): string[] =>
    samples
      .flatMap(({ numClasses, vectors }) => vectors.map((scores) => check(scores, numClasses)))
      .filter((complaint) => complaint !== '');

  test('has a name and an order', () => {
    expect(strategy.name).toMatch(/\S/);
    expect(['ascending', 'descending']).toContain(strategy.order);
  });

  test('score(scores) is a number, the same each time, of arrays and typed arrays alike', () => {
    const wrong = complaints((scores) => {
      const got = strategy.score(scores);
      const single = Float32Array.from(scores);
      if (typeof got !== 'number') return `[${scores.join()}] gives a ${typeof got}`;
      if (!Object.is(strategy.score([...scores]), got)) return `[${scores.join()}] once more`;
      if (!Object.is(strategy.score(Float64Array.from(scores)), got)) return `[${scores.join()}] as Float64Array`;
      const isSame = Object.is(strategy.score(single), strategy.score([...single]));
      return isSame ? '' : `[${scores.join()}] as Float32Array`;
    });
    expect(wrong).toEqual([]);
  });

  test('score(scores) leaves the scores as they were', () => {
    const changed = complaints((scores) => {
      const typed = Float64Array.from(scores);
      strategy.score(Object.freeze([...scores]));
      strategy.score(typed);
      const isSame = typed.length === scores.length && scores.every((score, place) => Object.is(typed[place], score));
      return isSame ? '' : `[${scores.join()}] is [${typed.join()}] afterwards`;
    });
    expect(changed).toEqual([]);
  });

  test('score(scores) lies within range(numClasses)', ({ skip }) => {
    const { range } = strategy;
    if (!range) return skip('the strategy has no range');
    for (const { numClasses } of samples) {
      const [least, greatest] = range(numClasses);
      expect(least).toBeLessThanOrEqual(greatest);
    }
    const outside = complaints((scores, numClasses) => {
      const [least, greatest] = range(numClasses);
      const got = strategy.score(scores);
      const isWithin = Number.isNaN(got) || (got >= least - 1e-9 && got <= greatest + 1e-9);
      return isWithin ? '' : `score([${scores.join()}]) is ${got}; range ${least}..${greatest}`;
    });
    expect(outside).toEqual([]);
  });

  test('score(scores) is NaN as soon as one score is, and of no scores', () => {
    expect(strategy.score([])).toBeNaN();
    const deaf = complaints((scores) => {
      const places = [...scores.keys()].filter((place) => !Number.isNaN(strategy.score(scores.with(place, NaN))));
      return places.length === 0 ? '' : `a NaN of the classes ${places.join()} of [${scores.join()}] gives a number`;
    });
    expect(deaf).toEqual([]);
  });

  test('order says which end is less sure: all classes alike come before one class for certain', () => {
    for (const { numClasses } of samples) {
      const open = strategy.score(openVector(numClasses, input));
      const certain = strategy.score(certainVector(numClasses, input));
      const isBefore = strategy.order === 'ascending' ? open < certain : open > certain;
      const isTied = numClasses === 1 && open === certain;
      expect(
        isBefore || isTied,
        `${numClasses} classes alike: ${open}; one certain: ${certain}; ${strategy.order}`,
      ).toBe(true);
    }
  });

  test.runIf(symmetric)('score(scores) does not change when classes change places', () => {
    const random = createRandom(1);
    const wrong = complaints((scores) => {
      const shuffled = scores.map((score) => [random(), score] as const).sort(([a], [b]) => a - b);
      const other = shuffled.map(([, score]) => score);
      const [got, wanted] = [strategy.score(other), strategy.score(scores)];
      return areNear(got, wanted) ? '' : `[${scores.join()}]: ${wanted}; [${other.join()}]: ${got}`;
    });
    expect(wrong).toEqual([]);
  });
}
