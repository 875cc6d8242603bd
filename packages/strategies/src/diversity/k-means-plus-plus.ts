import { shortNumber } from '@qualm/types';
import { createRandom, createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { distanceOf } from './distance-of.ts';
import { drawBySquares } from './draw-by-squares.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { createPoints } from './points.ts';

/** Options of `kMeansPlusPlus`. */
export interface KMeansPlusPlusOptions extends LabelledOptions, Pick<TieOptions, 'ids'> {
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** What the draws depend on; 0 unless said. With ids that differ, they do not depend on the order
   * of the rows.
   */
  readonly seed?: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
}

/** Rows drawn by D^2 sampling, the seeding of k-means++: each with the chance
 *
 *     d(x, nearest labelled or drawn row)^2 / the sum of these over all rows.
 *
 * Like `kCenterGreedy` it spreads over the rows, but it also follows their density, and a single
 * outlier is unlikely rather than sure to come first. The chances are exact, in float64. Without
 * labelled rows the first is drawn evenly. The first rows of a larger `count` are those of a
 * smaller one. Rows without a vector, and labelled ones, are never drawn. Memory is linear in the
 * rows.
 * @throws RangeError when `count` is not a whole number from 0, a labelled row is none, or shapes
 * disagree.
 * @see Arthur & Vassilvitskii 2007, k-means++: the advantages of careful seeding
 * @example kMeansPlusPlus({ matrix: Float32Array.of(0, 0, 9), dimensions: 1 }, { count: 1, labelled: [0] }).rows // Uint32Array [2]
 */
export function kMeansPlusPlus(embeddings: Embeddings, options: KMeansPlusPlusOptions): SelectedRows {
  const where = 'kMeansPlusPlus';
  assertOptions(where, options, '{ count: 10 }');
  const { count, labelled = [], seed = 0, ...order } = options;
  assertCount(where, count);
  const points = createPoints(where, embeddings, order, {
    numCentres: labelled.length + Math.min(count, numRowsOf(where, embeddings)),
  });
  const without = labelledPoints(where, points, labelled);
  points.centres.set(without);
  const random = createRandom(seed);
  const { drawn, squares } = drawBySquares(points, { count, without, numCentres: without.length, random });
  return createSelection(
    drawn.map((point) => points.rowOf[point]!),
    (place) => {
      const distance = distanceOf(squares[place]!, order.metric);
      return { reason: reasonOf(distance), scores: { distance }, ranks: {} };
    },
  );
}

function reasonOf(distance: number): string {
  if (distance === Infinity) return 'drawn evenly, as the first';
  return `drawn by the square of its distance from the nearest labelled or drawn row, ${shortNumber(distance)}`;
}
