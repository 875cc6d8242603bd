import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maximalMarginalRelevance } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, orders } from './arbitraries.ts';
import { embeddingsOf } from './fixture.ts';

const scoreOfRow = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -4, max: 4 }).map((value) => value / 3) }, fc.constantFrom(NaN, Infinity, -Infinity)); // prettier-ignore
const manyScores = fc.array(scoreOfRow, { minLength: 24, maxLength: 24 });
const lambda = fc.constantFrom(0, 0.2, 0.5, 0.9, 1);

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
}

it('maximalMarginalRelevance(embeddings) picks what the formula makes greatest, of the rows that can be picked', () => {
  fc.assert(
    fc.property(
      holedRows,
      manyScores,
      fc.nat(20),
      lambda,
      fc.array(fc.nat(1000), { maxLength: 2 }),
      (rows, many, count, weight, some) => {
        const scores = many.slice(0, rows.length);
        const labelled = some.map((value) => value % rows.length);
        const embeddings = embeddingsOf(rows);
        const before = embeddings.matrix.slice();
        const got = maximalMarginalRelevance(embeddings, { scores, count, lambda: weight, labelled });
        expect(embeddings.matrix).toEqual(before);
        const isPoint = (row: number): boolean => hasVector(rows[row]!) && rows[row]!.some((x) => x !== 0);
        const centres = labelled.filter(isPoint);
        const left = new Set(
          [...rows.keys()].filter((row) => isPoint(row) && !labelled.includes(row) && !Number.isNaN(scores[row])),
        );
        expect(got.length).toBe(Math.min(count, left.size));
        const worth = (row: number): number => {
          const similarity =
            centres.length === 0 ? 0 : Math.max(...centres.map((centre) => cosine(rows[row]!, rows[centre]!)));
          return (weight === 0 ? 0 : weight * scores[row]!) - (1 - weight) * similarity;
        };
        for (const { row, scores: said } of got) {
          expect(left).toContain(row);
          const most = Math.max(...Array.from(left, worth));
          if (Number.isFinite(most)) expect(worth(row)).toBeCloseTo(most, 9);
          else expect(worth(row)).toBe(most);
          if (centres.length > 0 && Number.isFinite(most)) expect(said['relevance']).toBeCloseTo(most, 9);
          left.delete(row);
          centres.push(row);
        }
      },
    ),
  );
});

it('maximalMarginalRelevance(embeddings, { ids }) names the same ids whatever the order, and fewer are the beginning', () => {
  fc.assert(
    fc.property(orders, manyScores, fc.nat(9), ([rows, order], many, count) => {
      const scores = many.slice(0, rows.length);
      const first = maximalMarginalRelevance(float32Of(rows), { scores, count, ids: [...rows.keys()] });
      const shuffled = { scores: order.map((row) => scores[row]!), count, ids: order };
      const second = maximalMarginalRelevance(float32Of(order.map((row) => rows[row]!)), shuffled);
      expect(Array.from(second.rows, (row) => order[row])).toEqual([...first.rows]);
      const fewer = maximalMarginalRelevance(float32Of(rows), { scores, count: count >> 1, ids: [...rows.keys()] });
      expect(fewer.rows).toEqual(first.rows.slice(0, fewer.length));
    }),
  );
});

it('maximalMarginalRelevance(embeddings) explains its picks', () => {
  const got = maximalMarginalRelevance(embeddingsOf([[1, 0], [3, 4], [0, 1]]), { scores: [0.9, 0.8, 0.5], count: 2 }); // prettier-ignore
  expect(got.at(0)).toMatchObject({ row: 0, reason: 'the greatest score', scores: { score: 0.9 } });
  expect(got.at(1)).toMatchObject({
    row: 2,
    reason: 'scores 0.500, cosine 0.00 with the most similar labelled or picked row',
    scores: { score: 0.5, similarity: 0, relevance: 0.25 },
  });
});

it.each([
  [{ count: -1, scores: [1, 2] }, 'maximalMarginalRelevance: count is -1'],
  [{ count: 1, scores: [1] }, 'maximalMarginalRelevance: 1 scores for 2 rows; expected one for each'],
  [{ count: 1, scores: [1, 2], lambda: 2 }, 'lambda is 2; expected 0 to 1'],
  [{ count: 1, scores: [1, 2], lambda: NaN }, 'lambda is NaN'],
])('maximalMarginalRelevance(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => maximalMarginalRelevance(float32Of([[0], [1]]), options)).toThrow(message);
});
