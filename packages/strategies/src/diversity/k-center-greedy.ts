import { shortNumber } from '@qualm/types';
import { createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { distanceOf } from './distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { pickGreedily } from './pick-greedily.ts';
import { pointsWithout } from './point-order.ts';
import { createPoints } from './points.ts';

/** Options of `kCenterGreedy`. */
export interface KCenterGreedyOptions extends TieOptions, LabelledOptions {
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
}

/** The rows that cover the others best, by the greedy 2-approximation of the k-center problem,
 * which active learning knows as core-set: each pick is the row farthest from the nearest labelled
 * or picked one.
 *
 *     argmax over rows x of  min over labelled and picked rows c of  d(x, c)
 *
 * Exact farthest-first traversal; every pick's `distance` is that of the formula, in float64,
 * Infinity for the first where nothing is labelled. The distances fall, and the greatest that is
 * left when one stops, the radius of the cover, is at most twice the least possible. The first
 * picks of a larger `count` are those of a smaller one. Where nothing is labelled, all rows tie
 * for the first pick. Rows without a vector, and labelled ones, are never picked. With rows left
 * at distance 0, these come last.
 *
 * Memory is linear in the rows. Each distance is worked out once at most, and most never: only
 * those of rows that may still be the farthest.
 * @throws RangeError when `count` is not a whole number from 0, a labelled row is none, or shapes
 * disagree.
 * @see Gonzalez 1985, Clustering to minimize the maximum intercluster distance; Sener & Savarese
 * 2018, https://arxiv.org/abs/1708.00489
 * @example kCenterGreedy({ matrix: Float32Array.of(0, 1, 5, 9), dimensions: 1 }, { count: 2, labelled: [0] }).rows // Uint32Array [3, 2]
 */
export function kCenterGreedy(embeddings: Embeddings, options: KCenterGreedyOptions): SelectedRows {
  const where = 'kCenterGreedy';
  assertOptions(where, options, '{ count: 10 }');
  const { count, labelled = [] } = options;
  assertCount(where, count);
  const points = createPoints(where, embeddings, options, {
    numCentres: labelled.length + Math.min(count, numRowsOf(where, embeddings)),
  });
  const centres = labelledPoints(where, points, labelled);
  const { picked, squares } = pickGreedily(points, {
    count,
    centres,
    candidates: pointsWithout(points.numPoints, centres),
    valueOf: (_, squared) => squared,
  });
  return createSelection(
    picked.map((point) => points.rowOf[point]!),
    (place) => {
      const distance = distanceOf(squares[place]!, options.metric);
      return { reason: reasonOf(distance), scores: { distance }, ranks: {} };
    },
  );
}

function reasonOf(distance: number): string {
  if (distance === Infinity) return 'the first, with no row before it to be far from';
  return `${shortNumber(distance)} from the nearest labelled or picked row, no other is farther`;
}
