import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, densityWeighted, informationDensity } from '../../src/index.ts';
import { float32Of, hasVector, orders } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

const similarities = ['cosine', 'inverseCosine', 'inverseEuclidean'] as const;
const sources = {
  cosine: 'NumPy',
  inverseCosine: 'information_density of modAL',
  inverseEuclidean: 'information_density of modAL',
};

describe.each(fixture.densities)('informationDensity($data)', (row) => {
  it.each(similarities)('by %s is what %s gives', (similarity) => {
    const got = informationDensity(embeddingsOf(fixture.data[row.data]!), { similarity });
    expect(sources[similarity]).toBeDefined();
    row[similarity].forEach((density, index) => {
      expect(got[index]).toBeCloseTo(density, 12);
    });
  });
});

it('informationDensity(large float32 embeddings) is that of float64 within rounding', () => {
  const random = createRandom(6);
  const matrix = Float32Array.from({ length: 900 * 20 }, () => random() - 0.3);
  for (const similarity of similarities) {
    const single = informationDensity({ matrix, dimensions: 20 }, { similarity });
    const double = informationDensity({ matrix: Float64Array.from(matrix), dimensions: 20 }, { similarity });
    single.forEach((density, row) => {
      expect(density).toBeCloseTo(double[row]!, 7);
    });
  }
});

it('informationDensity(embeddings) follows its rows, is in range, and NaN where there is no vector', () => {
  fc.assert(
    fc.property(orders, fc.constantFrom(...similarities), ([rows, order], similarity) => {
      const got = informationDensity(float32Of(rows), { similarity });
      const moved = informationDensity(float32Of(order.map((row) => rows[row]!)), { similarity });
      order.forEach((row, place) => {
        const lowest = { cosine: -1, inverseCosine: 1 / 3, inverseEuclidean: 0 }[similarity];
        const hasDensity =
          hasVector(rows[row]!) && (similarity === 'inverseEuclidean' || rows[row]!.some((x) => x !== 0));
        expect(Number.isNaN(got[row])).toBe(!hasDensity);
        if (!hasDensity) return;
        expect(moved[place]).toBeCloseTo(got[row]!, 12);
        expect(got[row]).toBeGreaterThan(lowest - 1e-6);
        expect(got[row]).toBeLessThan(1 + 1e-6);
      });
    }),
  );
});

it('densityWeighted(scores, densities, { beta }) is score density^beta', () => {
  expect(densityWeighted([0.5, 1, NaN, 1], [0.5, NaN, 1, 0])).toEqual(Float64Array.of(0.25, NaN, NaN, 0));
  expect(densityWeighted([0.5, 1], [0.5, NaN], { beta: 0 })).toEqual(Float64Array.of(0.5, NaN));
  expect(densityWeighted([1], [-0.5], { beta: 0.5 })[0]).toBeNaN();
});

it('informationDensity and densityWeighted refuse what they do not know', () => {
  expect(() => informationDensity(float32Of([[1]]), { similarity: 'dot' as never })).toThrow("similarity is 'dot'");
  expect(() => densityWeighted([1], [])).toThrow('densityWeighted: 1 scores, 0 densities; expected one for each');
  expect(() => densityWeighted([1], [1], { beta: -1 })).toThrow('densityWeighted: beta is -1');
});
