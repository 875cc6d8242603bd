import { createRandom, storageOf } from '@qualm/types/rows';
import type { Matrix, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { distanceOf } from './distance-of.ts';
import { drawBySquares } from './draw-by-squares.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { lloyd, type Clusters } from './lloyd.ts';
import { createPoints, type Points } from './points.ts';

/** Options of `kMeans`. */
export interface KMeansOptions extends Pick<TieOptions, 'ids'> {
  /** Clusters wanted; there are fewer where fewer rows have a vector. */
  readonly numClusters: number;
  /** The rows whose vectors are the first centroids, `numClusters` of them; drawn by k-means++
   * unless said.
   */
  readonly start?: ArrayLike<number>;
  /** What k-means++ depends on; 0 unless said. */
  readonly seed?: number;
  /** `euclidean` unless said; with `cosine`, vectors and centroids have length 1 (spherical
   * k-means).
   */
  readonly metric?: Metric;
  /** 300 unless said. */
  readonly maxIterations?: number;
}

/** Rows in clusters. */
export interface Clustering {
  /** The cluster of each row; -1 for a row without a vector. */
  readonly clusters: Int32Array;
  /** Row-major [numClusters, dimensions]. */
  readonly centroids: Matrix;
  /** Of each cluster the row nearest to its centroid; -1 where it is empty. */
  readonly representatives: Int32Array;
  /** The sum over rows of the squared distance from their centroid; of the cosine distance with
   * `cosine`.
   */
  readonly inertia: number;
  readonly iterations: number;
  /** False where `maxIterations` ended it. */
  readonly isConverged: boolean;
}

/** Clusters of rows by Lloyd's k-means from a k-means++ start: each row is in the cluster of the
 * nearest centroid, each centroid is the mean of its rows.
 *
 * Runs until no centroid moves, which is stricter than a tolerance. Centroids are means in float64,
 * kept in the storage of the matrix. An empty cluster gets the row that is farthest from its
 * centroid; only with fewer different vectors than clusters some stay empty. k-means finds a local
 * optimum: compare the `inertia` of several seeds.
 * @throws RangeError when `numClusters` is not a whole number from 1, `start` is not as many rows
 * with a vector, or shapes disagree.
 * @see Lloyd 1982, Least squares quantization in PCM; Dhillon & Modha 2001, Concept decompositions
 * (spherical)
 * @example kMeans({ matrix: Float32Array.of(0, 1, 8, 9), dimensions: 1 }, { numClusters: 2, start: [0, 3] }).centroids // Float32Array [0.5, 8.5]
 */
export function kMeans(embeddings: Embeddings, options: KMeansOptions): Clustering {
  assertOptions('kMeans', options, '{ numClusters: 10 }');
  const { numClusters, start, seed = 0, maxIterations = 300, ...order } = options;
  assertCount('kMeans', numClusters, 'numClusters', 1);
  assertCount('kMeans', maxIterations, 'maxIterations');
  const most = Math.min(numClusters, numRowsOf('kMeans', embeddings));
  const room = { numCentres: most, numExtra: most };
  const points = createPoints('kMeans', embeddings, order, room);
  const first = start ? startPoints(points, start, numClusters) : drawStart(points, numClusters, createRandom(seed));
  const isSpherical = order.metric === 'cosine';
  const { dimensions } = embeddings;
  const found = lloyd(points, { start: first, dimensions, maxIterations, isSpherical });
  const { rowOf, pointOf, rows, stride, numPoints } = points;
  const centroids: Matrix = new (storageOf(embeddings.matrix))(first.length * dimensions);
  first.forEach((_, cluster) => {
    const at = (numPoints + cluster) * stride;
    centroids.set(rows.subarray(at, at + dimensions), cluster * dimensions);
  });
  return {
    clusters: Int32Array.from(pointOf, (point) => (point < 0 ? -1 : found.clusterOf[point]!)),
    centroids,
    representatives: representativesOf(found, first.length).map((point) => (point < 0 ? -1 : rowOf[point]!)),
    inertia: found.squares.reduce((sum, squared) => sum + (isSpherical ? distanceOf(squared, 'cosine') : squared), 0),
    iterations: found.iterations,
    isConverged: found.isConverged,
  };
}

/** Points drawn by k-means++. */
export function drawStart(points: Points, numClusters: number, random: () => number): Uint32Array {
  return drawBySquares(points, { count: numClusters, without: new Uint32Array(), numCentres: 0, random }).drawn;
}

function startPoints({ pointOf }: Points, start: ArrayLike<number>, numClusters: number): Uint32Array {
  if (start.length !== numClusters)
    throw new RangeError(`kMeans: start has ${start.length} rows; expected ${numClusters}, as numClusters`);
  return Uint32Array.from(start, (row) => {
    const point = pointOf[row] ?? -1;
    if (point < 0) throw new RangeError(`kMeans: start has row ${row}; expected rows with a vector`);
    return point;
  });
}

/** Of each cluster the point nearest to its centroid, the first of equals; -1 where there is none.
 */
function representativesOf({ clusterOf, squares }: Clusters, numClusters: number): Int32Array {
  const nearest = new Int32Array(numClusters).fill(-1);
  clusterOf.forEach((cluster, point) => {
    const best = nearest[cluster]!;
    if (best < 0 || squares[point]! < squares[best]!) nearest[cluster] = point;
  });
  return nearest;
}
