import { areNear } from './strategy-bench.ts';
import type { StrategyBench } from './strategy-bench.ts';
import { certainVector, createRandom, openVector } from './sample-vectors.ts';

/** What `score`, `name`, `order` and `range` say. */
export function scoreCases({ vitest, strategy, samples, input, symmetric }: StrategyBench): void {
  const { expect, test } = vitest;
  const each = (check: (scores: readonly number[], numClasses: number) => void): void => {
    for (const { numClasses, vectors } of samples) for (const scores of vectors) check(scores, numClasses);
  };

  test('has a name and an order', () => {
    expect(strategy.name).toMatch(/\S/);
    expect(['ascending', 'descending']).toContain(strategy.order);
  });

  test('score(scores) is a number, the same each time, of arrays and typed arrays alike', () => {
    each((scores) => {
      const got = strategy.score(scores);
      expect(typeof got).toBe('number');
      expect(strategy.score([...scores]), `[${scores.join()}]`).toBe(got);
      expect(strategy.score(Float64Array.from(scores)), `[${scores.join()}] as Float64Array`).toBe(got);
      const single = Float32Array.from(scores);
      expect(strategy.score(single), `[${scores.join()}] as Float32Array`).toBe(strategy.score([...single]));
    });
  });

  test('score(scores) leaves the scores as they were', () => {
    each((scores) => {
      const typed = Float64Array.from(scores);
      strategy.score(Object.freeze([...scores]));
      strategy.score(typed);
      expect([...typed]).toEqual(scores);
    });
  });

  test('score(scores) lies within range(numClasses)', ({ skip }) => {
    const { range } = strategy;
    if (!range) return skip('the strategy has no range');
    each((scores, numClasses) => {
      const [least, greatest] = range(numClasses);
      const got = strategy.score(scores);
      expect(least).toBeLessThanOrEqual(greatest);
      const isWithin = Number.isNaN(got) || (got >= least - 1e-9 && got <= greatest + 1e-9);
      expect(isWithin, `score([${scores.join()}]) is ${got}; range ${least}..${greatest}`).toBe(true);
    });
  });

  test('score(scores) is NaN as soon as one score is, and of no scores', () => {
    expect(strategy.score([])).toBeNaN();
    each((scores) => {
      const deaf = [...scores.keys()].filter((place) => !Number.isNaN(strategy.score(scores.with(place, NaN))));
      expect(deaf, `classes of [${scores.join()}] whose NaN gives a number`).toEqual([]);
    });
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
    each((scores) => {
      const shuffled = scores.map((score) => [random(), score] as const).sort(([a], [b]) => a - b);
      const other = shuffled.map(([, score]) => score);
      const [got, wanted] = [strategy.score(other), strategy.score(scores)];
      expect(areNear(got, wanted), `[${scores.join()}]: ${wanted}; [${other.join()}]: ${got}`).toBe(true);
    });
  });
}
