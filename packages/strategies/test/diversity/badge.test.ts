import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGradientDistances, gradientFactors } from '../../src/diversity/gradient-distances.ts';
import { badge } from '../../src/index.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.badges)('gradients of $data', ({ data, probabilities, picks, squares, lastUtilities }) => {
  const embeddings = embeddingsOf(fixture.data[data]!);
  const outputs = embeddingsOf(probabilities);
  const numClasses = outputs.dimensions;
  const length = probabilities.length;
  const rows = Uint32Array.from({ length }, (_, row) => row);
  const factors = gradientFactors(outputs.matrix, numClasses, embeddings);
  const { centres, nearest } = createGradientDistances(factors, rows, picks.length);
  centres.set(picks);

  it('lie as far apart as those that NumPy makes', () => {
    squares.forEach((squared, row) => {
      expect(nearest(row, 0, picks.length, Infinity)).toBeCloseTo(squared, 9);
      expect(nearest(row, 0, picks.length, squared / 2)).toBe(squared / 2);
    });
  });

  it(`give the chances of Badge of scikit-activeml ${fixture.versions['scikit-activeml']}, which counts the origin as a pick`, () => {
    const before = picks.length - 1;
    const weights = Array.from(rows, (row) =>
      nearest(row, 0, before, factors.ofOutputs[row]! * factors.ofInputs[row]!),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    lastUtilities.forEach((chance, row) => {
      if (!picks.slice(0, before).includes(row)) expect(weights[row]! / total).toBeCloseTo(chance, 9);
    });
  });

  it('of which badge picks the longest first, as Badge does', () => {
    const got = badge(embeddings, { probabilities: outputs.matrix, numClasses, count: 1 });
    expect(got.rows[0]).toBe(picks[0]);
    const length = Math.sqrt(factors.ofOutputs[picks[0]!]! * factors.ofInputs[picks[0]!]!);
    expect(got.at(0)?.scores).toEqual({ distance: Infinity, gradientLength: length });
  });
});

const pool = fc
  .record({
    dimensions: fc.integer({ min: 1, max: 4 }),
    numClasses: fc.integer({ min: 2, max: 4 }),
    length: fc.integer({ min: 1, max: 15 }),
  })
  .chain(({ dimensions, numClasses, length }) => {
    const vectors = (width: number, value: fc.Arbitrary<number>): fc.Arbitrary<number[][]> =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: length, maxLength: length });
    return fc.record({
      rows: vectors(dimensions, fc.oneof({ weight: 20, arbitrary: fc.integer({ min: -3, max: 3 }) }, fc.constant(NaN))),
      outputs: vectors(
        numClasses,
        fc.integer({ min: 0, max: 8 }).map((part) => part / 8),
      ),
      order: fc.shuffledSubarray(Array.from({ length }, (_, row) => row), { minLength: length }), // prettier-ignore
    });
  });

it('badge(embeddings) picks rows that have a vector and no label, each once, and the same ids in any order', () => {
  fc.assert(
    fc.property(pool, fc.nat(20), fc.nat(), ({ rows, outputs, order }, count, seed) => {
      const run = (places: readonly number[], number: number): number[] => {
        const embeddings = embeddingsOf(places.map((row) => rows[row]!));
        const { matrix: probabilities, dimensions: numClasses } = embeddingsOf(places.map((row) => outputs[row]!));
        const labelled = [places.indexOf(0)];
        const got = badge(embeddings, { probabilities, numClasses, count: number, seed, labelled, ids: places });
        return Array.from(got.rows, (row) => places[row]!);
      };
      const got = run([...rows.keys()], count);
      const free = [...rows.keys()].filter((row) => row > 0 && !rows[row]!.includes(NaN));
      expect(got.length).toBe(Math.min(count, free.length));
      expect([...free].sort()).toEqual(expect.arrayContaining([...got].sort()));
      expect(new Set(got).size).toBe(got.length);
      expect(run(order, count)).toEqual(got);
      expect(run([...rows.keys()], Math.floor(count / 2))).toEqual(got.slice(0, Math.floor(count / 2)));
    }),
  );
});

it('badge(embeddings) takes one of the sure rows, whose gradients are all 0, and no second one before the unsure ones', () => {
  const probabilities = Float64Array.of(1, 0, 1, 0, 0.5, 0.5, 0.6, 0.4);
  const embeddings = embeddingsOf([[5, 1], [4, 4], [1, 1], [2, 0]]); // prettier-ignore
  for (let seed = 0; seed < 50; seed++) {
    const { rows } = badge(embeddings, { probabilities, numClasses: 2, count: 4, seed });
    expect(rows[0]).toBe(3);
    expect(rows.slice(0, 3)).toContain(2);
  }
});

it.each([
  [
    { numClasses: 1, probabilities: Float64Array.of(1, 0) },
    'badge: numClasses is 1; expected a whole number of 2 or more',
  ],
  [
    { numClasses: 2, probabilities: Float64Array.of(1, 0) },
    'badge: 1 rows of probabilities for 2 embeddings; expected one for each',
  ],
  [{ numClasses: 2, probabilities: Float64Array.of(1, 0, 1) }, 'not whole rows'],
  [{ numClasses: 2, probabilities: new Float64Array(4), count: -1 }, 'badge: count is -1'],
  [{ numClasses: 2, probabilities: new Float64Array(4), labelled: [2] }, 'badge: labelled row 2'],
])('badge(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => badge(embeddingsOf([[0], [1]]), { count: 1, ...options })).toThrow(message);
});
