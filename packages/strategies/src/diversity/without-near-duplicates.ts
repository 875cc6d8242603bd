import { topRows } from '@qualm/types/rows';
import type { TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertDistance, squareOf } from './distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { createNeighbourhoods, slotsOfNeighbourhoods } from './neighbourhoods.ts';
import { createPoints } from './points.ts';

/** Options of `withoutNearDuplicates`. */
export interface WithoutNearDuplicatesOptions extends TieOptions {
  /** How far apart two rows may be that are taken for the same. */
  readonly maxDistance: number;
  /** One number for each row: of rows that are nearly the same the one with the largest is kept.
   * NaN comes last. All alike unless said. */
  readonly priorities?: ArrayLike<number>;
  /** `cosine` unless said. */
  readonly metric?: Metric;
}

/** Rows that are left when near duplicates are taken away. */
export interface DistinctRows {
  /** In ascending order. */
  readonly kept: Uint32Array;
  /** Of each row that was taken away the kept row nearest to it, of equally near ones the first by
   * priority; -1 of the others.
   */
  readonly duplicateOf: Int32Array;
}

/** The rows that are left when, from the highest priority down, each row is taken away that is at
 * most `maxDistance` from one kept before.
 *
 * So no two kept rows are that near to each other, and each row taken away is that near to a kept
 * one of at least its priority. Exact. Ties go by id, or by `seed`. Rows without a vector are
 * neither kept nor duplicates.
 * @throws RangeError when `maxDistance` is negative or not finite, there is not a priority for each
 * row, or shapes disagree.
 * @example withoutNearDuplicates({ matrix: Float32Array.of(0, 5, 0.1), dimensions: 1 }, { maxDistance: 0.2, metric: 'euclidean', priorities: [1, 1, 2] }).kept // Uint32Array [1, 2]
 */
export function withoutNearDuplicates(embeddings: Embeddings, options: WithoutNearDuplicatesOptions): DistinctRows {
  const where = 'withoutNearDuplicates';
  assertOptions(where, options, '{ maxDistance: 0.1 }');
  const { maxDistance, priorities, metric = 'cosine', ...ties } = options;
  assertDistance(where, maxDistance, 'maxDistance');
  const numRows = numRowsOf(where, embeddings);
  const room = { numCentres: slotsOfNeighbourhoods(numRows) };
  const { rowOf, pointOf, ...points } = createPoints(where, embeddings, { metric, ...ties }, room);
  if (priorities && priorities.length !== pointOf.length)
    throw new RangeError(`${where}: ${priorities.length} priorities for ${pointOf.length} rows; expected one for each`);
  const { visitWithin } = createNeighbourhoods({ rowOf, pointOf, ...points });
  const order = topRows(priorities ?? new Float64Array(pointOf.length), 'descending', ties);
  const duplicateOf = new Int32Array(pointOf.length).fill(-1);
  const least = new Float64Array(points.numPoints).fill(Infinity);
  const isKept = new Uint8Array(points.numPoints);
  for (const row of order) {
    const point = pointOf[row]!;
    if (point < 0 || duplicateOf[row]! >= 0) continue;
    isKept[point] = 1;
    visitWithin(point, squareOf(maxDistance, metric), (neighbour, squared) => {
      if (neighbour === point || squared >= least[neighbour]!) return;
      least[neighbour] = squared;
      duplicateOf[rowOf[neighbour]!] = row;
    });
  }
  return { kept: rowOf.filter((_, point) => isKept[point] === 1).sort(), duplicateOf };
}
