import { createSelection } from '@qualm/types/rows';
import type { SelectedRows, TieOptions } from '@qualm/types/rows';
import { counted } from '@qualm/types';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { assertDistance, squareOf } from './distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { createNeighbourhoods, slotsOfNeighbourhoods } from './neighbourhoods.ts';
import { pointsWithout } from './point-order.ts';
import { createPoints, type Points } from './points.ts';

/** Options of `probCover`. */
export interface ProbCoverOptions extends TieOptions, LabelledOptions {
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** How far a row covers, delta in the paper; `probCoverRadius` finds one. */
  readonly radius: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
}

/** The rows whose neighbourhoods cover the most rows together (ProbCover), for the first labels of
 * all: each pick is the row with the most rows within `radius`, itself among them, that no labelled
 * or picked row has within its own.
 *
 * Exact; greedy, which covers at least 1 - 1/e of what the best choice of as many would. A row on
 * the border counts as covered. Once all are covered, picks go on with `covers` 0, in the order of
 * ties. The first picks of a larger `count` are those of a smaller one. Rows without a vector, and
 * labelled ones, are never picked.
 *
 * Memory is linear in the rows: neighbours are not kept but found anew, for each row once and once
 * more when it is covered; where radius and data leave nothing to skip, that is three times as many
 * distances as there are pairs.
 * @throws RangeError when `count` is not a whole number from 0, `radius` is negative or not finite,
 * a labelled row is none, or shapes disagree.
 * @see Yehuda, Dekel, Hacohen & Weinshall 2022, https://arxiv.org/abs/2205.11514
 * @example probCover({ matrix: Float32Array.of(0, 1, 2, 8, 9), dimensions: 1 }, { count: 2, radius: 1 }).rows // Uint32Array [1, 3]
 */
export function probCover(embeddings: Embeddings, options: ProbCoverOptions): SelectedRows {
  const where = 'probCover';
  assertOptions(where, options, '{ count: 10, radius: 0.5 }');
  const { count, radius, labelled = [], metric } = options;
  assertCount(where, count);
  assertDistance(where, radius, 'radius');
  const numRows = numRowsOf(where, embeddings);
  const points = createPoints(where, embeddings, options, { numCentres: slotsOfNeighbourhoods(numRows) });
  const centres = labelledPoints(where, points, labelled);
  const { picked, covers } = pickCovering(points, { centres, count, square: squareOf(radius, metric) });
  return createSelection(
    picked.map((point) => points.rowOf[point]!),
    (place) => ({
      reason: `covers ${counted(covers[place]!, 'row')} within ${radius} that no labelled or picked row does`,
      scores: { covers: covers[place]! },
      ranks: {},
    }),
  );
}

/** Greedy choice of `count` points and, of each, how many it covered that were not. What each
 * point would cover is kept exact: whenever a point is covered, once at most, its neighbours
 * lose one. */
function pickCovering(
  points: Points,
  { centres, count, square }: { readonly centres: Uint32Array; readonly count: number; readonly square: number },
): { readonly picked: Uint32Array; readonly covers: Float64Array } {
  const { visitWithin, visitPairs } = createNeighbourhoods(points);
  const candidates = pointsWithout(points.numPoints, centres);
  const gains = new Int32Array(points.numPoints).fill(1);
  visitPairs(square, (a, b) => {
    gains[a]!++;
    gains[b]!++;
  });
  const isCovered = new Uint8Array(points.numPoints);
  const cover = (point: number): void => {
    const fresh: number[] = [];
    visitWithin(point, square, (neighbour) => {
      if (isCovered[neighbour] === 0) fresh.push(neighbour);
      isCovered[neighbour] = 1;
    });
    for (const covered of fresh) {
      visitWithin(covered, square, (neighbour) => {
        gains[neighbour]!--;
      });
    }
  };
  centres.forEach(cover);
  const isPicked = new Uint8Array(points.numPoints);
  const covers = new Float64Array(Math.min(count, candidates.length));
  const picked = Uint32Array.from(covers, (_, place) => {
    const free = candidates.filter((point) => isPicked[point] === 0);
    const best = free.reduce((most, point) => (gains[point]! > gains[most]! ? point : most));
    isPicked[best] = 1;
    covers[place] = gains[best]!;
    if (covers[place] > 0) cover(best);
    return best;
  });
  return { picked, covers };
}
