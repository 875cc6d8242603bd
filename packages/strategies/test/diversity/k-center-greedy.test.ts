import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, kCenterGreedy, type Embeddings, type Metric } from '../../src/index.ts';
import { float32Of, gridRows, holedRows } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.coreSets)('kCenterGreedy($data, labelled $labelled, $metric)', (row) => {
  it(`is what CoreSet of scikit-activeml ${fixture.versions['scikit-activeml']} picks, at its distances`, () => {
    const { labelled, metric, picks, distances } = row;
    const got = kCenterGreedy(embeddingsOf(fixture.data[row.data]!), { count: picks.length, labelled, metric });
    expect([...got.rows]).toEqual(picks);
    // Its matrix form of distances loses half of the digits where these are small against the rows.
    [...got].forEach(({ scores }, place) => {
      expect(scores['distance']).toBeCloseTo(distances[place]!, 6);
    });
  });
});

/** The definition, without any short cut. */
function farthestFirst(rows: readonly (readonly number[])[], count: number, labelled: readonly number[]): number[] {
  const squared = (a: number, b: number): number => rows[a]!.reduce((sum, x, i) => sum + (x - rows[b]![i]!) ** 2, 0);
  const hasVector = (row: number): boolean => !rows[row]!.includes(NaN);
  const centres = [...new Set(labelled)].filter(hasVector);
  const candidates = rows.map((_, row) => row).filter((row) => hasVector(row) && !centres.includes(row));
  const picks: number[] = [];
  while (picks.length < count && candidates.length > 0) {
    const values = candidates.map((row) => Math.min(Infinity, ...centres.map((centre) => squared(row, centre))));
    const [pick] = candidates.splice(values.indexOf(Math.max(...values)), 1);
    picks.push(pick!);
    centres.push(pick!);
  }
  return picks;
}

it('kCenterGreedy(embeddings) is the definition, ties by row, rows without a vector left out', () => {
  fc.assert(
    fc.property(holedRows, fc.nat(30), fc.array(fc.nat(1000), { maxLength: 4 }), (rows, count, some) => {
      const labelled = some.map((value) => value % rows.length);
      const { matrix, dimensions } = float32Of(rows);
      const before = matrix.slice();
      const got = kCenterGreedy({ matrix, dimensions }, { count, labelled });
      expect([...got.rows]).toEqual(farthestFirst(rows, count, labelled));
      expect(matrix).toEqual(before);
    }),
  );
});

it('kCenterGreedy(embeddings, { ids }) names the same ids whatever the order of the rows', () => {
  const orders = gridRows.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
  );
  fc.assert(
    fc.property(orders, fc.nat(9), fc.constantFrom<Metric>('euclidean', 'cosine'), (pair, count, metric) => {
      const [rows, order] = pair;
      const first = kCenterGreedy(float32Of(rows), { count, metric, ids: [...rows.keys()] });
      const shuffled = order.map((row) => rows[row]!);
      const second = kCenterGreedy(float32Of(shuffled), { count, metric, ids: order });
      expect(Array.from(second.rows, (row) => order[row])).toEqual([...first.rows]);
    }),
  );
});

/** 6,000 rows in groups: what the kernel takes. */
function groups(Storage: Float32ArrayConstructor | Float64ArrayConstructor): Embeddings {
  const random = createRandom(3);
  const matrix = new Storage(6000 * 20);
  for (let i = 0; i < matrix.length; i++) matrix[i] = (Math.floor(i / 20) % 11 ** 2) + random() * 4;
  return { matrix, dimensions: 20 };
}

it.each([Float32Array, Float64Array])(
  'kCenterGreedy(large %o) is the definition, and the smaller count its beginning',
  (Storage) => {
    const { matrix, dimensions } = groups(Storage);
    const least = new Float64Array(6000).fill(Infinity);
    const labelled = Array.from({ length: 40 }, (_, i) => i * 9);
    const squared = (a: number, b: number): number => {
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < dimensions; i++)
        sums[i % 4]! += (matrix[a * dimensions + i]! - matrix[b * dimensions + i]!) ** 2;
      return sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
    };
    const cover = (centre: number): void => {
      for (let row = 0; row < 6000; row++) least[row] = Math.min(least[row]!, squared(row, centre));
    };
    labelled.forEach(cover);
    const got = kCenterGreedy({ matrix, dimensions }, { count: 50, labelled });
    for (const { row, scores } of got) {
      const most = least.reduce((a, b) => Math.max(a, b));
      expect(row).toBe(least.indexOf(most));
      expect(scores['distance']).toBe(Math.sqrt(most));
      cover(row);
    }
    expect(kCenterGreedy({ matrix, dimensions }, { count: 9, labelled }).rows).toEqual(got.rows.slice(0, 9));
  },
);

it('kCenterGreedy(embeddings) explains its picks', () => {
  const got = kCenterGreedy(float32Of([[0], [1], [5], [9]]), { count: 2 });
  expect(got.at(0)).toEqual({
    row: 0,
    rank: 1,
    reason: 'the first, with no row before it to be far from',
    scores: { distance: Infinity },
    ranks: {},
  });
  expect(got.at(1)?.reason).toBe('9.00 from the nearest labelled or picked row, no other is farther');
});

it('kCenterGreedy(embeddings, { seed }) begins somewhere else', () => {
  const rows = Array.from({ length: 20 }, (_, row) => [row]);
  const firsts = Array.from({ length: 30 }, (_, seed) => kCenterGreedy(float32Of(rows), { count: 1, seed }).rows[0]);
  expect(new Set(firsts).size).toBeGreaterThan(10);
});

it('kCenterGreedy(embeddings, { metric: "cosine" }) looks at directions alone, and leaves zeros out', () => {
  const rows = [[1, 0], [50, 1], [0, 0], [0, 0.001], [-1, -1]]; // prettier-ignore
  const got = kCenterGreedy(float32Of(rows), { count: 9, labelled: [0], metric: 'cosine' });
  expect([...got.rows]).toEqual([4, 3, 1]);
  expect(got.at(0)?.scores['distance']).toBeCloseTo(1 + Math.SQRT1_2, 6);
});

it.each([
  [{ count: -1 }, 'kCenterGreedy: count is -1; expected a whole number of 0 or more'],
  [{ count: NaN }, 'count is NaN'],
  [{ count: 1, labelled: [4] }, 'kCenterGreedy: labelled row 4; expected one of 0 to 1'],
  [{ count: 1, labelled: [0.5] }, 'labelled row 0.5'],
  [{ count: 1, ids: [1] }, 'kCenterGreedy: 1 ids for 2 rows; expected one for each'],
  [{ count: 1, metric: 'manhattan' as Metric }, "metric is 'manhattan'; expected 'euclidean' or 'cosine'"],
])('kCenterGreedy(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => kCenterGreedy(float32Of([[0], [1]]), options)).toThrow(message);
  expect(() => kCenterGreedy(float32Of([[0], [1]]), options)).toThrow(RangeError);
});

it('kCenterGreedy refuses a matrix that is not whole rows, and takes one of no rows', () => {
  expect(() => kCenterGreedy({ matrix: new Float32Array(5), dimensions: 2 }, { count: 1 })).toThrow(
    'kCenterGreedy: 5 numbers are not whole rows of 2 dimensions',
  );
  expect(kCenterGreedy({ matrix: new Float32Array(0), dimensions: 2 }, { count: 1 }).length).toBe(0);
});
