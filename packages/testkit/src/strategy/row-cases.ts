import { areNear } from './strategy-bench.ts';
import type { StrategyBench } from './strategy-bench.ts';

type Storage = typeof Float32Array | typeof Float64Array;

/** What `scoreRows` gives, for a strategy that has it. */
export function rowCases({ vitest, strategy, samples, tolerance }: StrategyBench): void {
  const { expect, test } = vitest;
  const scoreRows = strategy.scoreRows!;
  const storages: [string, Storage][] = [
    ['Float32Array', Float32Array],
    ['Float64Array', Float64Array],
  ];

  test.each(storages)('scoreRows(%s) is score row by row, NaN and part of a buffer included', (_, storage) => {
    for (const { numClasses, vectors } of samples) {
      const rows = [...vectors, Array<number>(numClasses).fill(NaN)];
      const whole = storage.from([...Array<number>(numClasses).fill(0.5), ...rows.flat()]);
      const matrix = whole.subarray(numClasses);
      const got = scoreRows(matrix, numClasses);
      expect(got).toBeInstanceOf(Float64Array);
      expect(got.length).toBe(rows.length);
      const wrong = [...got].flatMap((value, row) => {
        const scores = matrix.subarray(row * numClasses, (row + 1) * numClasses);
        const wanted = strategy.score(scores);
        return areNear(value, wanted, tolerance) ? [] : [`row [${scores.join()}]: ${value}; score: ${wanted}`];
      });
      expect(wrong).toEqual([]);
    }
  });

  test('scoreRows(matrix) gives each row its number whatever rows are beside it', () => {
    for (const { numClasses, vectors } of samples) {
      const there = scoreRows(Float64Array.from(vectors.flat()), numClasses);
      const back = scoreRows(Float64Array.from(vectors.toReversed().flat()), numClasses);
      expect([...back].reverse()).toEqual([...there]);
    }
  });

  test('scoreRows(matrix) leaves the matrix as it was, and is empty for none', () => {
    for (const { numClasses, vectors } of samples) {
      const matrix = Float64Array.from(vectors.flat());
      scoreRows(matrix, numClasses);
      expect([...matrix]).toEqual(vectors.flat());
      expect(scoreRows(new Float32Array(0), numClasses).length).toBe(0);
    }
  });

  test('scoreRows(matrix, numClasses, out) fills all of out and returns it', () => {
    for (const { numClasses, vectors } of samples) {
      const matrix = Float64Array.from(vectors.flat());
      const out = new Float64Array(vectors.length).fill(-1e9);
      expect(scoreRows(matrix, numClasses, out)).toBe(out);
      expect([...out]).toEqual([...scoreRows(matrix, numClasses)]);
    }
  });

  test('scoreRows throws a RangeError for rows that are not whole, and for an out of another length', () => {
    const { numClasses } = samples[0]!;
    const matrix = new Float64Array(3 * numClasses).fill(0.5);
    expect(() => scoreRows(matrix, numClasses, new Float64Array(2))).toThrow(RangeError);
    for (const wrong of [0, NaN, 0.5, 3 * numClasses + 1]) expect(() => scoreRows(matrix, wrong)).toThrow(RangeError);
  });
}
