import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, probCoverRadius } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, squaredDistance } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.probCoverRadii)(
  'probCoverRadius($data, purity $purity)',
  ({ data, clusters, purity, delta, step }) => {
    it(`is that of ProbCover of scikit-activeml ${fixture.versions['scikit-activeml']}, which tries steps`, () => {
      const radius = probCoverRadius(embeddingsOf(fixture.data[data]!), clusters, { purity });
      expect(radius).toBeGreaterThanOrEqual(delta - 1e-6);
      expect(radius).toBeLessThan(delta + step);
    });
  },
);

/** The definition, on all pairs. */
function purityAt(rows: readonly (readonly number[])[], clusters: readonly number[], radius: number): number {
  const counted = [...rows.keys()].filter((row) => hasVector(rows[row]!) && clusters[row]! >= 0);
  const isImpure = (row: number): boolean =>
    counted.some(
      (other) => clusters[other] !== clusters[row] && squaredDistance(rows[row]!, rows[other]!) <= radius ** 2,
    );
  return counted.filter((row) => !isImpure(row)).length / counted.length;
}

const someClusters = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 24, maxLength: 24 });
const purity = fc.constantFrom(0.2, 0.5, 0.8, 0.95);

it('probCoverRadius(embeddings, clusters) is pure, and no greater one is', () => {
  fc.assert(
    fc.property(holedRows, someClusters, purity, (rows, many, share) => {
      const clusters = many.slice(0, rows.length);
      const embeddings = float32Of(rows);
      const before = embeddings.matrix.slice();
      const radius = probCoverRadius(embeddings, clusters, { purity: share });
      expect(embeddings.matrix).toEqual(before);
      if (!rows.some((row, index) => hasVector(row) && clusters[index]! >= 0)) {
        expect(radius).toBe(Infinity);
        return;
      }
      // At 0 rows of two clusters lie in one place, and nothing is pure enough.
      if (radius > 0) expect(purityAt(rows, clusters, radius)).toBeGreaterThanOrEqual(share - 1e-12);
      if (radius < Infinity) expect(purityAt(rows, clusters, radius * (1 + 1e-6))).toBeLessThan(share);
    }),
  );
});

it('probCoverRadius(large embeddings, clusters) in WebAssembly is that of the plain form', () => {
  const random = createRandom(11);
  const rows = Array.from({ length: 1500 }, (_, row) =>
    Array.from({ length: 12 }, () => Math.fround((row % 9) + 2 * random() ** 2)),
  );
  const clusters = rows.map((_, row) => row % 9);
  const radius = probCoverRadius(float32Of(rows), clusters);
  expect(purityAt(rows, clusters, radius)).toBeGreaterThanOrEqual(0.95);
  expect(purityAt(rows, clusters, radius * (1 + 1e-6))).toBeLessThan(0.95);
});

it.each([
  [[0, 0], { purity: 1 }, 'probCoverRadius: purity is 1; expected a number between 0 and 1'],
  [[0], {}, 'probCoverRadius: 1 clusters for 2 rows; expected one for each'],
  [[0, 0.5], {}, 'probCoverRadius: row 1 has the cluster 0.5; expected a whole number'],
])('probCoverRadius(embeddings, %j, %j) throws a RangeError', (clusters, options, message) => {
  expect(() => probCoverRadius(float32Of([[0], [1]]), clusters, options)).toThrow(message);
});
