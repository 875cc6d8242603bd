import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertDistance, squareOf } from './distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { createNeighbourhoods, slotsOfNeighbourhoods } from './neighbourhoods.ts';
import { createPoints } from './points.ts';

/** Options of `nearDuplicates`. */
export interface NearDuplicatesOptions {
  /** How far apart two rows may be that are taken for the same. */
  readonly maxDistance: number;
  /** `cosine` unless said. */
  readonly metric?: Metric;
}

/** Groups of rows that are nearly the same: two rows are in one group where they are at most
 * `maxDistance` apart, or joined by a chain of rows that are. Each group, of two rows at least, has
 * its rows in ascending order; groups go by their first row. Rows without a vector are in none.
 *
 * Exact. A chain can join rows that differ: for a removal in which every removed row is near the
 * one that stands for it, see `withoutNearDuplicates`. With `cosine` and float32, whose rounding
 * puts equal directions up to 1e-7 apart, a `maxDistance` below that finds equal vectors only.
 * @throws RangeError when `maxDistance` is negative or not finite, or shapes disagree.
 * @example nearDuplicates({ matrix: Float32Array.of(0, 5, 0.1, 9, 0.2), dimensions: 1 }, { maxDistance: 0.15, metric: 'euclidean' }) // [Uint32Array [0, 2, 4]]
 */
export function nearDuplicates(embeddings: Embeddings, options: NearDuplicatesOptions): Uint32Array[] {
  const where = 'nearDuplicates';
  assertOptions(where, options, '{ maxDistance: 0.1 }');
  const { maxDistance, metric = 'cosine' } = options;
  assertDistance(where, maxDistance, 'maxDistance');
  const numRows = numRowsOf(where, embeddings);
  const points = createPoints(where, embeddings, { metric }, { numCentres: slotsOfNeighbourhoods(numRows) });
  const { visitPairs } = createNeighbourhoods(points);
  const parents = Uint32Array.from({ length: points.numPoints }, (_, point) => point);
  visitPairs(squareOf(maxDistance, metric), (a, b) => {
    join(parents, a, b);
  });
  // Every root is the first point of its group, and points are in the order of their rows.
  const groups = new Map<number, number[]>();
  parents.forEach((_, point) => {
    const root = rootOf(parents, point);
    const group = groups.get(root);
    if (group) group.push(points.rowOf[point]!);
    else groups.set(root, [points.rowOf[point]!]);
  });
  return [...groups.values()].filter(({ length }) => length > 1).map((rows) => Uint32Array.from(rows));
}

function join(parents: Uint32Array, a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)];
  parents[Math.max(first, second)] = Math.min(first, second);
}

function rootOf(parents: Uint32Array, point: number): number {
  let root = point;
  while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
  return root;
}
