import type { Points } from './points.ts';

/** Points in clusters, whose centroids are the rows after those of the points. */
export interface Clusters {
  /** The cluster of each point. */
  readonly clusterOf: Uint32Array;
  /** The squared distance of each point from its centroid. */
  readonly squares: Float64Array;
  /** How often the centroids were worked out. */
  readonly iterations: number;
  /** Whether they stay where they are. */
  readonly isConverged: boolean;
}

export interface LloydOptions {
  /** The points that are the first centroids. */
  readonly start: Uint32Array;
  readonly dimensions: number;
  readonly maxIterations: number;
  /** Whether centroids are scaled to length 1, as the points are. */
  readonly isSpherical: boolean;
}

/** k-means by Lloyd's algorithm. A point changes its cluster only for a centroid that is nearer. An
 * empty cluster gets the point that is farthest from its centroid. `points` want room for a row and
 * a slot for each centroid.
 *
 * Centroids are compared only where they may have become the nearest: those that moved, and all of
 * them with points whose own went away.
 */
export function lloyd(points: Points, { start, dimensions, maxIterations, isSpherical }: LloydOptions): Clusters {
  const { numPoints, rows, stride } = points;
  const numClusters = start.length;
  const clusterOf = new Uint32Array(numPoints);
  const squares = new Float64Array(numPoints).fill(Infinity);
  start.forEach((point, cluster) => {
    rows.copyWithin((numPoints + cluster) * stride, point * stride, (point + 1) * stride);
  });
  let moved: Uint32Array = Uint32Array.from({ length: numClusters }, (_, cluster) => cluster);
  let changed = assign(points, moved, numClusters, clusterOf, squares);
  let iterations = 0;
  while (iterations < maxIterations) {
    fillEmpty(clusterOf, squares, numClusters, changed);
    moved = moveCentroids(points, clusterOf, changed, dimensions, isSpherical);
    if (moved.length === 0) break;
    iterations++;
    changed = assign(points, moved, numClusters, clusterOf, squares);
  }
  return { clusterOf, squares, iterations, isConverged: moved.length === 0 };
}

/** Brings each point to its nearest centroid. @returns 1 for each cluster that has other points
 * now.
 */
function assign(
  { numPoints, centres, nearest, found }: Points,
  moved: Uint32Array,
  numClusters: number,
  clusterOf: Uint32Array,
  squares: Float64Array,
): Uint8Array {
  const hasMoved = new Uint8Array(numClusters);
  for (const cluster of moved) hasMoved[cluster] = 1;
  const clusters = Uint32Array.from({ length: numClusters }, (_, cluster) => cluster);
  const inOrder = [...moved, ...clusters.filter((cluster) => hasMoved[cluster] === 0)];
  const slotOf = new Uint32Array(numClusters);
  inOrder.forEach((cluster, slot) => {
    slotOf[cluster] = slot;
    centres[slot] = numPoints + cluster;
  });
  const changed = new Uint8Array(numClusters);
  for (let point = 0; point < numPoints; point++) {
    const own = clusterOf[point]!;
    const before = squares[point]!;
    const isFirst = before === Infinity;
    const square = hasMoved[own] === 1 ? nearest(point, slotOf[own]!, slotOf[own]! + 1, Infinity) : before;
    const to = square > before || isFirst ? numClusters : moved.length;
    squares[point] = nearest(point, 0, to, square);
    if (squares[point]! < square) {
      clusterOf[point] = inOrder[found[0]!]!;
      changed[own] = 1;
    }
    if (isFirst || clusterOf[point] !== own) changed[clusterOf[point]!] = 1;
  }
  return changed;
}

/** Gives each empty cluster the point that is farthest from its centroid, the first of equals,
 * unless all lie on theirs.
 */
function fillEmpty(clusterOf: Uint32Array, squares: Float64Array, numClusters: number, changed: Uint8Array): void {
  const sizes = new Uint32Array(numClusters);
  for (const cluster of clusterOf) sizes[cluster]!++;
  for (let cluster = sizes.indexOf(0); cluster >= 0; cluster = sizes.indexOf(0, cluster + 1)) {
    let farthest = 0;
    for (let point = 1; point < squares.length; point++) if (squares[point]! > squares[farthest]!) farthest = point;
    if (!(squares[farthest]! > 0)) return;
    changed[clusterOf[farthest]!] = changed[cluster] = 1;
    sizes[clusterOf[farthest]!]!--;
    sizes[cluster] = 1;
    clusterOf[farthest] = cluster;
    squares[farthest] = 0;
  }
}

/** Moves the centroids of clusters that changed to the mean of their points. @returns those that
 * moved.
 */
function moveCentroids(
  { numPoints, rows, stride }: Points,
  clusterOf: Uint32Array,
  changed: Uint8Array,
  dimensions: number,
  isSpherical: boolean,
): Uint32Array {
  const numClusters = changed.length;
  const sums = new Float64Array(numClusters * dimensions);
  const sizes = new Uint32Array(numClusters);
  for (let point = 0; point < numPoints; point++) {
    const cluster = clusterOf[point]!;
    if (changed[cluster] === 0) continue;
    sizes[cluster]!++;
    const [from, to] = [point * stride, cluster * dimensions];
    for (let i = 0; i < dimensions; i++) sums[to + i]! += rows[from + i]!;
  }
  return Uint32Array.from({ length: numClusters }, (_, cluster) => cluster).filter((cluster) => {
    if (sizes[cluster] === 0) return false;
    const sum = sums.subarray(cluster * dimensions, (cluster + 1) * dimensions);
    const divisor = isSpherical ? Math.sqrt(sum.reduce((squared, x) => squared + x * x, 0)) : sizes[cluster]!;
    return divisor > 0 && replace(rows, (numPoints + cluster) * stride, sum, divisor);
  });
}

/** Puts `sum / divisor` at a place. @returns whether anything changed. */
function replace(rows: Points['rows'], at: number, sum: Float64Array, divisor: number): boolean {
  let isOther = false;
  for (let i = 0; i < sum.length; i++) {
    const before = rows[at + i]!;
    rows[at + i] = sum[i]! / divisor;
    if (rows[at + i] !== before) isOther = true;
  }
  return isOther;
}
