import { createSelection, type Selection } from '../selection/create-selection.ts';
import type { TieOptions } from '../selection/ties.ts';
import { assertCount } from './assert-count.ts';
import { assertDistance, squareOf } from './distance-of.ts';
import { numRowsOf, type Embeddings, type Metric } from './embeddings.ts';
import { createFallingHeap } from './falling-heap.ts';
import { labelledPoints, type LabelledOptions } from './labelled-points.ts';
import { createNeighbourhoods, slotsOfNeighbourhoods } from './neighbourhoods.ts';
import { pointsWithout } from './point-order.ts';
import { createPoints } from './points.ts';

/** Options of `probCover`. */
export interface ProbCoverOptions extends TieOptions, LabelledOptions {
  /** Rows wanted; fewer come back where fewer have a vector. */
  readonly count: number;
  /** How far a row covers, delta in the paper; `probCoverRadius` finds one. */
  readonly radius: number;
  /** `euclidean` unless said. */
  readonly metric?: Metric;
}

/** The rows whose neighbourhoods cover the most rows together (ProbCover), for the first labels of all: each pick is the row with the most rows within `radius`, itself among them, that no
 * labelled or picked row has within its own.
 *
 * Exact; greedy, which covers at least 1 - 1/e of what the best choice of as many would. A row on the border counts as covered. Once all are covered, picks go
 * on with `covers` 0, in the order of ties. The first picks of a larger `count` are those of a smaller one. Rows without a vector, and labelled ones, are never picked.
 *
 * Memory is linear in the rows: neighbours are found anew when they are wanted, for each row once and then for those that may be the next pick.
 * @throws RangeError when `count` is not a whole number from 0, `radius` is negative or not finite, a labelled row is none, or shapes disagree.
 * @see Yehuda, Dekel, Hacohen & Weinshall 2022, https://arxiv.org/abs/2205.11514
 * @example probCover({ matrix: Float32Array.of(0, 1, 2, 8, 9), dimensions: 1 }, { count: 2, radius: 1 }).rows // Uint32Array [1, 3]
 */
export function probCover(embeddings: Embeddings, options: ProbCoverOptions): Selection {
  const where = 'probCover';
  const { count, radius, labelled = [], metric } = options;
  assertCount(where, count);
  assertDistance(where, radius, 'radius');
  const numRows = numRowsOf(where, embeddings);
  const points = createPoints(where, embeddings, options, { numCentres: slotsOfNeighbourhoods(numRows) });
  const centres = labelledPoints(where, points, labelled);
  const { visitWithin } = createNeighbourhoods(points);
  const square = squareOf(radius, metric);
  const isCovered = new Uint8Array(points.numPoints);
  const cover = (point: number): void => {
    visitWithin(point, square, (neighbour) => {
      isCovered[neighbour] = 1;
    });
  };
  const gainOf = (point: number): number => {
    let gain = 0;
    visitWithin(point, square, (neighbour) => {
      gain += 1 - isCovered[neighbour]!;
    });
    return gain;
  };
  centres.forEach(cover);
  const candidates = pointsWithout(points.numPoints, centres);
  // What a point would cover only falls: the number last found is an upper bound.
  const heap = createFallingHeap(candidates, Float64Array.from(candidates, gainOf));
  const askedAt = new Uint32Array(points.numPoints);
  const picked = new Uint32Array(Math.min(count, candidates.length));
  const gains = new Float64Array(picked.length);
  for (let place = 0; place < picked.length;) {
    const point = heap.first();
    if (askedAt[point]! < place && heap.firstKey() > 0) {
      askedAt[point] = place;
      heap.lower(gainOf(point));
    } else {
      picked[place] = point;
      gains[place++] = heap.firstKey();
      if (heap.firstKey() > 0) cover(point);
      heap.remove();
    }
  }
  return createSelection(
    picked.map((point) => points.rowOf[point]!),
    (place) => ({
      reason: `covers ${gains[place]} rows within ${radius} that no labelled or picked row does`,
      scores: { covers: gains[place]! },
      ranks: {},
    }),
  );
}
