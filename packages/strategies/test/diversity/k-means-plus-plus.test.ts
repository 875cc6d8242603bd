import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom, kMeansPlusPlus } from '../../src/index.ts';
import { float32Of, gridRows, holedRows } from './arbitraries.ts';

/** How far the counts of 0..n-1 are from these chances, in standard deviations of chi-squared. */
function deviation(counts: readonly number[], chances: readonly number[]): number {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  const used = chances.filter((chance) => chance > 0).length - 1;
  const squared = counts.reduce((sum, count, i) => {
    if (chances[i] === 0) return sum + (count === 0 ? 0 : Infinity);
    return sum + (count - draws * chances[i]!) ** 2 / (draws * chances[i]!);
  }, 0);
  return (squared - used) / Math.sqrt(2 * used);
}

it('kMeansPlusPlus(embeddings) draws evenly first, then by the square of the distance', () => {
  const rows = [[0], [1], [2], [4], [9], [9]];
  const embeddings = float32Of(rows);
  const pairs = Array.from({ length: 20_000 }, (_, seed) => [...kMeansPlusPlus(embeddings, { count: 3, seed }).rows]);
  const counts = (list: readonly number[]): number[] =>
    rows.map((_, row) => list.filter((pick) => pick === row).length);
  expect(deviation(counts(pairs.map(([first]) => first!)), Array(6).fill(1 / 6))).toBeLessThan(3);
  const seconds = pairs.filter(([first]) => first === 1).map(([, second]) => second!);
  expect(deviation(counts(seconds), [1, 0, 1, 9, 64, 64].map((weight) => weight / 139))).toBeLessThan(3); // prettier-ignore
  const thirds = pairs.filter(([first, second]) => first === 3 && second === 0).map(([, , third]) => third!);
  expect(deviation(counts(thirds), [0, 1, 4, 0, 25, 25].map((weight) => weight / 55))).toBeLessThan(3); // prettier-ignore
});

it('kMeansPlusPlus(embeddings) has the chances of the definition where most distances are never worked out', () => {
  const random = createRandom(9);
  const rows = Array.from({ length: 12 }, () => [random() * 5, random() ** 5 * 20]);
  const labelled = Array.from({ length: 20 }, (_, i) => 12 + i);
  const all = [...rows, ...labelled.map((i) => [i / 9, i % 4])];
  const squares = rows.map(([x, y]) => Math.min(...all.slice(12).map(([a, b]) => (x! - a!) ** 2 + (y! - b!) ** 2)));
  const total = squares.reduce((sum, squared) => sum + squared, 0);
  const counts = Array<number>(12).fill(0);
  const embeddings = float32Of(all);
  for (let seed = 0; seed < 20_000; seed++)
    counts[kMeansPlusPlus(embeddings, { count: 1, seed, labelled }).rows[0]!]!++;
  expect(deviation(counts, squares.map((squared) => squared / total))).toBeLessThan(3); // prettier-ignore
});

it('kMeansPlusPlus(embeddings) picks rows that have a vector and no label, each once, and says how far they were', () => {
  fc.assert(
    fc.property(
      holedRows,
      fc.nat(30),
      fc.nat(),
      fc.array(fc.nat(1000), { maxLength: 4 }),
      (rows, count, seed, some) => {
        const labelled = some.map((value) => value % rows.length);
        const { matrix, dimensions } = float32Of(rows);
        const before = matrix.slice();
        const got = kMeansPlusPlus({ matrix, dimensions }, { count, seed, labelled });
        expect(matrix).toEqual(before);
        const free = rows.map((_, row) => row).filter((row) => !rows[row]!.includes(NaN) && !labelled.includes(row));
        expect(got.length).toBe(Math.min(count, free.length));
        expect(new Set(got.rows).size).toBe(got.length);
        const centres = labelled.filter((row) => !rows[row]!.includes(NaN));
        for (const { row, scores } of got) {
          expect(free).toContain(row);
          const distances = centres.map((centre) => Math.hypot(...rows[row]!.map((x, i) => x - rows[centre]![i]!)));
          expect(scores['distance']).toBeCloseTo(Math.min(Infinity, ...distances), 12);
          centres.push(row);
        }
        const fewer = kMeansPlusPlus({ matrix, dimensions }, { count: Math.floor(count / 2), seed, labelled });
        expect(fewer.rows).toEqual(got.rows.slice(0, fewer.length));
      },
    ),
  );
});

it('kMeansPlusPlus(embeddings, { ids }) names the same ids whatever the order of the rows', () => {
  const orders = gridRows.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
  );
  fc.assert(
    fc.property(orders, fc.nat(9), fc.nat(), ([rows, order], count, seed) => {
      const first = kMeansPlusPlus(float32Of(rows), { count, seed, ids: [...rows.keys()] });
      const shuffled = order.map((row) => rows[row]!);
      const second = kMeansPlusPlus(float32Of(shuffled), { count, seed, ids: order });
      expect(Array.from(second.rows, (row) => order[row])).toEqual([...first.rows]);
    }),
  );
});

it('kMeansPlusPlus explains its picks and refuses what is not a count', () => {
  const got = kMeansPlusPlus(float32Of([[0], [3]]), { count: 2 });
  expect([...got].map(({ reason }) => reason)).toEqual([
    'drawn evenly, as the first',
    'drawn by the square of its distance from the nearest labelled or drawn row, 3.00',
  ]);
  expect(() => kMeansPlusPlus(float32Of([[0]]), { count: 0.5 })).toThrow('kMeansPlusPlus: count is 0.5');
});
