import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, kMeans, type Metric } from '../../src/index.ts';
import { float32Of, hasVector, holedRows, orders, squaredDistance } from './arbitraries.ts';
import { embeddingsOf, fixture } from './fixture.ts';

describe.each(fixture.kMeans)('kMeans($data, start $start)', ({ data, start, clusters, centroids, inertia }) => {
  it(`is what KMeans of scikit-learn ${fixture.versions['scikit-learn']} finds`, () => {
    const got = kMeans(embeddingsOf(fixture.data[data]!), { numClusters: start.length, start });
    expect([...got.clusters]).toEqual(clusters);
    expect(got.inertia).toBeCloseTo(inertia, 9);
    expect(got.isConverged).toBe(true);
    centroids.flat().forEach((value, i) => {
      expect(got.centroids[i]).toBeCloseTo(value, 10);
    });
  });
});

const numClusters = fc.integer({ min: 1, max: 8 });

it('kMeans(embeddings) puts each row with its nearest centroid, and centroids at the means of their rows', () => {
  fc.assert(
    fc.property(holedRows, numClusters, fc.nat(), (rows, wanted, seed) => {
      const { matrix, dimensions } = embeddingsOf(rows);
      const before = matrix.slice();
      const got = kMeans({ matrix, dimensions }, { numClusters: wanted, seed });
      expect(matrix).toEqual(before);
      expect(got.isConverged).toBe(true);
      const centroids = Array.from({ length: got.centroids.length / dimensions }, (_, cluster) => [
        ...got.centroids.subarray(cluster * dimensions, (cluster + 1) * dimensions),
      ]);
      expect(centroids.length).toBe(Math.min(wanted, rows.filter(hasVector).length));
      let inertia = 0;
      rows.forEach((row, index) => {
        const cluster = got.clusters[index]!;
        expect(cluster >= 0).toBe(hasVector(row));
        if (cluster < 0) return;
        const squares = centroids.map((centroid) => squaredDistance(row, centroid));
        expect(squares[cluster]).toBeLessThanOrEqual(Math.min(...squares) + 1e-12);
        inertia += squares[cluster]!;
      });
      expect(got.inertia).toBeCloseTo(inertia, 9);
      centroids.forEach((centroid, cluster) => {
        const members = rows.filter((_, row) => got.clusters[row] === cluster);
        if (members.length === 0) {
          expect(got.representatives[cluster]).toBe(-1);
          return;
        }
        centroid.forEach((value, i) => {
          expect(value).toBeCloseTo(members.reduce((sum, row) => sum + row[i]!, 0) / members.length, 12);
        });
        const least = Math.min(...members.map((row) => squaredDistance(row, centroid)));
        expect(squaredDistance(rows[got.representatives[cluster]!]!, centroid)).toBeCloseTo(least, 12);
      });
      const distinct = new Set(rows.filter(hasVector).map((row) => row.join())).size;
      expect(new Set(got.clusters.filter((cluster) => cluster >= 0)).size).toBe(Math.min(wanted, distinct));
    }),
  );
});

it('kMeans(embeddings, { ids }) finds the same clusters whatever the order of the rows', () => {
  fc.assert(
    fc.property(
      orders,
      numClusters,
      fc.constantFrom<Metric>('euclidean', 'cosine'),
      ([rows, order], wanted, metric) => {
        const first = kMeans(float32Of(rows), { numClusters: wanted, metric, ids: [...rows.keys()] });
        const shuffled = order.map((row) => rows[row]!);
        const second = kMeans(float32Of(shuffled), { numClusters: wanted, metric, ids: order });
        expect(second.centroids).toEqual(first.centroids);
        expect(Array.from(order, (row) => first.clusters[row])).toEqual([...second.clusters]);
      },
    ),
  );
});

it('kMeans(large embeddings) in WebAssembly ends where every row is with its nearest centroid', () => {
  const random = createRandom(4);
  const matrix = Float32Array.from({ length: 4000 * 12 }, () => random());
  const { clusters, centroids, isConverged, inertia } = kMeans({ matrix, dimensions: 12 }, { numClusters: 30 });
  expect(isConverged).toBe(true);
  let sum = 0;
  for (let row = 0; row < 4000; row++) {
    const squares = Array.from({ length: 30 }, (_, cluster) => {
      return squaredDistance([...matrix.subarray(row * 12, row * 12 + 12)], [...centroids.subarray(cluster * 12, cluster * 12 + 12)]); // prettier-ignore
    });
    expect(squares[clusters[row]!]).toBe(Math.min(...squares));
    sum += Math.min(...squares);
  }
  expect(inertia).toBeCloseTo(sum, 6);
});

it('kMeans(embeddings, { metric: "cosine" }) has centroids of length 1 and sums cosine distances', () => {
  const rows = [[1, 0], [9, 1], [0, 3], [0, 0], [-0.1, 1]]; // prettier-ignore
  const { clusters, centroids, inertia } = kMeans(embeddingsOf(rows), {
    numClusters: 2,
    start: [0, 2],
    metric: 'cosine',
  });
  expect([...clusters]).toEqual([0, 0, 1, -1, 1]);
  expect(Math.hypot(centroids[0]!, centroids[1]!)).toBeCloseTo(1, 14);
  const half = (x: number): number => 1 - Math.cos(Math.atan(x) / 2);
  expect(inertia).toBeCloseTo(2 * half(1 / 9) + 2 * half(0.1), 14);
});

it('kMeans(embeddings, { maxIterations }) stops', () => {
  const rows = Array.from({ length: 50 }, (_, row) => [row ** 2]);
  const options = { numClusters: 3, start: [0, 1, 2] };
  expect(kMeans(embeddingsOf(rows), { ...options, maxIterations: 2 })).toMatchObject({
    iterations: 2,
    isConverged: false,
  });
  expect(kMeans(embeddingsOf(rows), options).isConverged).toBe(true);
});

it.each([
  [{ numClusters: 0 }, 'kMeans: numClusters is 0; expected a whole number of 1 or more'],
  [{ numClusters: 2, start: [0] }, 'kMeans: start has 1 rows; expected 2, as numClusters'],
  [{ numClusters: 1, start: [2] }, 'kMeans: start has row 2; expected rows with a vector'],
  [{ numClusters: 1, start: [9] }, 'kMeans: start has row 9; expected rows with a vector'],
  [{ numClusters: 1, maxIterations: -1 }, 'maxIterations is -1'],
])('kMeans(embeddings, %j) throws a RangeError', (options, message) => {
  expect(() => kMeans(float32Of([[0], [1], [NaN]]), options)).toThrow(message);
});

it('kMeans finds nothing where no row has a vector', () => {
  const got = kMeans(float32Of([[NaN], [NaN]]), { numClusters: 2 });
  expect(got).toEqual({
    clusters: Int32Array.of(-1, -1),
    centroids: new Float32Array(),
    representatives: new Int32Array(),
    inertia: 0,
    iterations: 0,
    isConverged: true,
  });
});
