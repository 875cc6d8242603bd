import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalComponents } from '../../src/index.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.principalComponents)('principalComponents($data)', (row) => {
  const embeddings = embeddingsOf(fixture.data[row.data]!);
  const count = row.variances.length;
  const found = principalComponents(embeddings, { count });

  it(`has the variances of PCA of scikit-learn ${fixture.versions['scikit-learn']}`, () => {
    expect(found.count).toBe(count);
    row.variances.forEach((variance, at) => {
      expect(found.variances[at]! / variance).toBeCloseTo(1, 6);
    });
  });

  it('projects as it does, but for signs', () => {
    const projected = found.project(embeddings);
    const { dimensions } = embeddings;
    row.components.forEach((component, at) => {
      const own = found.components.subarray(at * dimensions, (at + 1) * dimensions);
      const cosine = component.reduce((sum, value, i) => sum + value * own[i]!, 0);
      expect(Math.abs(cosine)).toBeCloseTo(1, 6);
      row.projected.forEach((place, n) => {
        expect(projected[n * count + at]!).toBeCloseTo(Math.sign(cosine) * place[at]!, 3);
      });
    });
  });
});

const rowsOf = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 12 })).chain(([dimensions, rows]) =>
  fc.record({
    dimensions: fc.constant(dimensions),
    numbers: fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
      minLength: dimensions * rows,
      maxLength: dimensions * rows,
    }),
  }),
);

describe('principalComponents(embeddings)', () => {
  it('has components of length 1 at right angles, and variances that fall and add up', () => {
    fc.assert(
      fc.property(rowsOf, ({ dimensions, numbers }) => {
        const matrix = Float64Array.from(numbers);
        const found = principalComponents({ matrix, dimensions }, { count: dimensions });
        const at = (row: number): Float64Array => found.components.subarray(row * dimensions, (row + 1) * dimensions);
        const sum = found.variances.reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(found.totalVariance, 6);
        for (let a = 0; a < found.count; a++) {
          if (a > 0) expect(found.variances[a]).toBeLessThanOrEqual(found.variances[a - 1]!);
          if (found.variances[a]! < 1e-6) continue;
          for (let b = 0; b <= a; b++) {
            const product = at(a).reduce((total, value, i) => total + value * at(b)[i]!, 0);
            expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
          }
        }
        expect(matrix).toEqual(Float64Array.from(numbers));
      }),
    );
  });

  it('never makes two rows farther apart', () => {
    const rows = fixture.data['50 rows, 33 dimensions']!;
    const embeddings = embeddingsOf(rows);
    const short = principalComponents(embeddings, { count: 5 }).project(embeddings);
    const far = (list: ArrayLike<number>, size: number, a: number, b: number): number =>
      Math.hypot(...Array.from({ length: size }, (_, i) => list[a * size + i]! - list[b * size + i]!));
    for (let row = 1; row < rows.length; row++)
      expect(far(short, 5, 0, row)).toBeLessThanOrEqual(far(embeddings.matrix, 33, 0, row) + 1e-5);
  });

  it('passes over rows without a vector, and gives them NaN', () => {
    const embeddings = { matrix: Float32Array.of(0, 0, NaN, 1, 2, 2, 4, 4), dimensions: 2 };
    const found = principalComponents(embeddings, { count: 1 });
    expect(found.variances[0]).toBeCloseTo(8, 9);
    expect(Array.from(found.project(embeddings), (value) => Math.round(1000 * value))).toEqual([-2828, NaN, 0, 2828]);
  });

  it('finds the same directions from a draw of many rows, the same draw each time', () => {
    const rows = Array.from({ length: 2000 }, (_, row) => [Math.sin(row), 0.1 * Math.cos(3 * row), 0.01 * (row % 7)]);
    const embeddings = embeddingsOf(rows);
    const all = principalComponents(embeddings, { count: 2 });
    const drawn = principalComponents(embeddings, { count: 2, maxRows: 300 });
    expect(drawn.components[0]!).toBeCloseTo(all.components[0]!, 2);
    expect(principalComponents(embeddings, { count: 2, maxRows: 300 }).components).toEqual(drawn.components);
  });

  it('has no component of one row, or none', () => {
    expect(principalComponents({ matrix: Float32Array.of(1, 2), dimensions: 2 }, { count: 2 }).count).toBe(0);
    expect(principalComponents({ matrix: new Float32Array(), dimensions: 2 }, { count: 2 }).count).toBe(0);
  });

  it('refuses rows of another length', () => {
    const found = principalComponents({ matrix: Float32Array.of(1, 2, 3, 4), dimensions: 2 }, { count: 1 });
    expect(() => found.project({ matrix: Float32Array.of(1, 2, 3), dimensions: 3 })).toThrow(
      'principalComponents: rows to project have 3 dimensions; expected 2 as those before',
    );
  });
});
