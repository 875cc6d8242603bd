import { canonicalRows, storageOf } from '@qualm/types/rows';
import type { TieOptions } from '@qualm/types/rows';
import { createDistances } from './create-distances.ts';
import type { Distances } from './distances.ts';
import { assertIds, mostSquares, pointsOf, type PointOrder } from './point-order.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';

/** The rows of embeddings that have a vector, in an order that depends on ids and seed alone
 * where there are such: what comes first in it wins ties. */
export interface Points extends Distances, PointOrder {
  readonly numPoints: number;
}

export interface PointsOptions extends TieOptions {
  readonly metric?: Metric;
}

/** Room wanted beside that for the points. */
export interface Room {
  /** Slots of centres. */
  readonly numCentres: number;
  /** Rows after the points'. */
  readonly numExtra?: number;
}

/** Points of embeddings: for `cosine` scaled to length 1, in the storage of the matrix, so that the
 * squared Euclidean distance between two is twice their cosine distance.
 * @throws RangeError when the matrix is not whole rows, `metric` is none, or `ids` has another
 * length.
 */
export function createPoints(where: string, embeddings: Embeddings, options: PointsOptions, room: Room): Points {
  const { matrix, dimensions } = embeddings;
  const { metric = 'euclidean', ids } = options;
  const numRows = numRowsOf(where, embeddings);
  if (metric !== 'euclidean' && metric !== 'cosine')
    throw new RangeError(`${where}: metric is '${String(metric)}'; expected 'euclidean' or 'cosine'`);
  assertIds(where, ids, numRows);
  const squares = squaredLengths(embeddings, numRows);
  const isPoint = (row: number): boolean =>
    squares[row]! < mostSquares && (metric === 'euclidean' || squares[row]! > 0);
  const order = pointsOf(canonicalRows(numRows, options), isPoint);
  const { rowOf } = order;
  const distances = createDistances({
    Storage: storageOf(matrix),
    numRows: rowOf.length + (room.numExtra ?? 0),
    dimensions,
    numCentres: room.numCentres,
  });
  const { rows, stride } = distances;
  rowOf.forEach((row, point) => {
    const from = row * dimensions;
    const to = point * stride;
    if (metric === 'euclidean') rows.set(matrix.subarray(from, from + dimensions), to);
    else {
      const length = Math.sqrt(squares[row]!);
      for (let i = 0; i < dimensions; i++) rows[to + i] = matrix[from + i]! / length;
    }
  });
  return { ...distances, numPoints: rowOf.length, ...order };
}

/** NaN where a number is NaN, infinite where one is. */
function squaredLengths({ matrix, dimensions }: Embeddings, numRows: number): Float64Array {
  const squares = new Float64Array(numRows);
  for (let row = 0, at = 0; row < numRows; row++) {
    let [even, odd] = [0, 0];
    const end = at + dimensions;
    for (; at < end - 1; at += 2) {
      even += matrix[at]! * matrix[at]!;
      odd += matrix[at + 1]! * matrix[at + 1]!;
    }
    if (at < end) {
      even += matrix[at]! * matrix[at]!;
      at++;
    }
    squares[row] = even + odd;
  }
  return squares;
}
