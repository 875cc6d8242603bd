import { assertList } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { distanceOf } from './distance-of.ts';
import { mostFound } from './distances.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { insertSorted } from './insert-sorted.ts';
import { membersOf } from './members-of.ts';
import { createPoints, type Points } from './points.ts';

/** Options of `probCoverRadius`. */
export interface ProbCoverRadiusOptions {
  /** The share of rows whose neighbourhood is to hold rows of their own cluster only, above 0 and
   * below 1; 0.95 unless said, as in the paper. */
  readonly purity?: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
}

/** The greatest radius for `probCover` at which neighbourhoods are pure: at least a share `purity`
 * of the rows have no row of another cluster within it. Infinity where so many rows have none at
 * any distance, as with a single cluster.
 *
 * A neighbourhood is pure up to the nearest row of another cluster, so the radius is a quantile of
 * these distances, less a part in a thousand million, and not one of a list to choose from. Exact;
 * memory is linear in the rows. Rows without a vector, and those whose cluster is negative, do not
 * count.
 * @param clusters the cluster of each row: of `kMeans` with as many clusters as there are classes,
 * as in the paper, or labels.
 * @throws RangeError when `purity` is not between 0 and 1, there is not a whole number for each
 * row, or shapes disagree.
 * @see Yehuda, Dekel, Hacohen & Weinshall 2022, https://arxiv.org/abs/2205.11514, section 3.3
 * @example probCoverRadius({ matrix: Float32Array.of(0, 1, 5, 6), dimensions: 1 }, [0, 0, 1, 1]) // 3.999999996
 */
export function probCoverRadius(
  embeddings: Embeddings,
  clusters: ArrayLike<number>,
  options: ProbCoverRadiusOptions = {},
): number {
  const where = 'probCoverRadius';
  assertOptions(where, options, '{ purity: 0.95 }');
  const { purity = 0.95, metric = 'euclidean' } = options;
  if (!(purity > 0 && purity < 1))
    throw new RangeError(`${where}: purity is ${purity}; expected a number between 0 and 1`);
  const numRows = numRowsOf(where, embeddings);
  assertList(where, 'clusters', clusters);
  if (clusters.length !== numRows)
    throw new RangeError(`${where}: ${clusters.length} clusters for ${numRows} rows; expected one for each`);
  const ids = compactIds(where, clusters);
  const numClusters = ids.size;
  const points = createPoints(
    where,
    embeddings,
    { metric },
    { numCentres: numRows + numClusters, numExtra: numClusters },
  );
  const clusterOf = Int32Array.from(points.rowOf, (row) => ids.get(clusters[row]!) ?? -1);
  const numCounted = clusterOf.filter((cluster) => cluster >= 0).length;
  // Rounded, as .95 of 100 leaves 5.000000000000004.
  const numImpure = Math.floor((1 - purity) * numCounted + 1e-9);
  const square = nthForeignSquare(points, clusterOf, numClusters, numImpure, embeddings.dimensions);
  return distanceOf(square, metric) * (1 - 1e-9);
}

/** Numbers from 0 for the clusters that are not negative. */
function compactIds(where: string, clusters: ArrayLike<number>): Map<number, number> {
  const ids = new Map<number, number>();
  for (let row = 0; row < clusters.length; row++) {
    const cluster = clusters[row]!;
    if (!Number.isInteger(cluster))
      throw new RangeError(`${where}: row ${row} has the cluster ${cluster}; expected a whole number`);
    if (cluster >= 0 && !ids.has(cluster)) ids.set(cluster, ids.size);
  }
  return ids;
}

/** Of each point's least squared distance to a point of another cluster the one at this place,
 * from 0, in ascending order. A cluster is passed over whose points are all farther than the
 * greatest that can still count: the distance to its middle, less the greatest of its points
 * from there, says so. */
function nthForeignSquare(
  points: Points,
  clusterOf: Int32Array,
  numClusters: number,
  nth: number,
  dimensions: number,
): number {
  const { centres, nearest, within, squares } = points;
  const { ends, reaches } = fillSlots(points, clusterOf, numClusters, dimensions);
  const least = new Float64Array(nth + 1).fill(Infinity);
  const toMiddles = new Float64Array(numClusters);
  for (let slot = numClusters; slot < (ends.at(-1) ?? 0); slot++) {
    const point = centres[slot]!;
    for (let from = 0; from < numClusters; from += mostFound) {
      const count = within(point, from, Math.min(numClusters, from + mostFound), Infinity);
      toMiddles.set(squares.subarray(0, count), from);
    }
    let bound = least[nth]!;
    for (let cluster = 0; cluster < numClusters; cluster++) {
      const distance = Math.sqrt(toMiddles[cluster]!);
      // Rounding must not hide a point.
      const gap = distance - reaches[cluster]! - 1e-9 * (distance + reaches[cluster]!);
      if (clusterOf[point] === cluster || (gap > 0 && gap * gap > bound)) continue;
      bound = nearest(point, cluster === 0 ? numClusters : ends[cluster - 1]!, ends[cluster]!, bound);
    }
    if (bound < least[nth]!) insertSorted(least, bound);
  }
  return least[nth]!;
}

/** Puts the clusters' middles into the first slots, and their points, cluster by cluster, into
 * those after; where each ends, and the greatest distance of its points from its middle. */
function fillSlots(
  points: Points,
  clusterOf: Int32Array,
  numClusters: number,
  dimensions: number,
): { readonly ends: number[]; readonly reaches: Float64Array } {
  const { numPoints, rows, stride, centres, nearest } = points;
  // Points that do not count make a last group, which is left out.
  const groups = membersOf(Uint32Array.from(clusterOf, (cluster) => (cluster < 0 ? numClusters : cluster)));
  const reaches = new Float64Array(numClusters);
  const ends: number[] = [];
  for (let cluster = 0, slot = numClusters; cluster < numClusters; cluster++) {
    const members = groups[cluster] ?? new Uint32Array();
    const middle = new Float64Array(dimensions);
    for (const point of members) {
      for (let i = 0; i < dimensions; i++) middle[i]! += rows[point * stride + i]! / members.length;
    }
    rows.set(middle, (numPoints + cluster) * stride);
    centres[cluster] = numPoints + cluster;
    for (const point of members) {
      reaches[cluster] = Math.max(reaches[cluster]!, Math.sqrt(nearest(point, cluster, cluster + 1, Infinity)));
    }
    centres.set(members, slot);
    slot += members.length;
    ends.push(slot);
  }
  return { ends, reaches };
}
