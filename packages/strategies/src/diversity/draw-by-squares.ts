import type { Distances } from './distances.ts';
import { pointsWithout } from './point-order.ts';
import { createSumTree } from './sum-tree.ts';

/** What there is to draw from. */
export interface DrawSubject extends Pick<Distances, 'centres' | 'nearest'> {
  readonly numPoints: number;
}

export interface DrawOptions {
  readonly count: number;
  /** Points that are never drawn. */
  readonly without: Uint32Array;
  /** Slots of centres that are filled in already. */
  readonly numCentres: number;
  readonly random: () => number;
}

/** Points in the order of drawing, and the squares of their distances from the nearest centre and
 * point drawn before.
 */
export interface Drawn {
  readonly drawn: Uint32Array;
  readonly squares: Float64Array;
}

/** Centres that a point is compared with before it is asked whether it can still be drawn. */
const atOnce = 8;

/** Points drawn one by one, each with a chance proportional to its squared distance from the
 * nearest centre and point drawn before it: k-means++'s D^2 sampling. The first is drawn evenly
 * where there are no centres; once all distances are 0, so are the rest.
 *
 * What a point was last found to be from the centres it was compared with is an upper bound. A
 * point is drawn by its bound, then compared with the centres that it has not seen, and kept with
 * the chance distance / bound; else the draw is made anew. The chances are exactly those of the
 * distances, and most of these are never worked out.
 */
export function drawBySquares(subject: DrawSubject, { count, without, numCentres, random }: DrawOptions): Drawn {
  const left = pointsWithout(subject.numPoints, without);
  const drawn = new Uint32Array(Math.min(count, left.length));
  const squares = new Float64Array(drawn.length);
  let place = 0;
  const keep = (point: number, squared: number): void => {
    subject.centres[numCentres + place] = point;
    drawn[place] = point;
    squares[place++] = squared;
  };
  if (numCentres === 0 && drawn.length > 0) keep(left[Math.floor(random() * left.length)]!, Infinity);
  const bounds = createBounds(subject, left, numCentres + place);
  while (place < drawn.length && bounds.total() > 0) {
    const point = bounds.find((random() + random() / 2 ** 32) * bounds.total());
    const [squared, isKept] = bounds.settle(point, numCentres + place);
    if (isKept) keep(point, squared);
  }
  const isDrawn = new Set(drawn.subarray(0, place));
  const rest = left.filter((point) => !isDrawn.has(point));
  for (let end = rest.length; place < drawn.length; end--) {
    const at = Math.floor(random() * end);
    keep(rest[at]!, 0);
    rest[at] = rest[end - 1]!;
  }
  return { drawn, squares };
}

interface Bounds {
  readonly total: () => number;
  readonly find: (place: number) => number;
  /** The squared distance of the point just found, and whether it is drawn; if not, the distance
   * may be a bound still.
   */
  readonly settle: (point: number, numCentres: number) => readonly [squared: number, isKept: boolean];
}

function createBounds({ numPoints, nearest }: DrawSubject, left: Uint32Array, numCentres: number): Bounds {
  const first = Math.min(atOnce, numCentres);
  const bounds = new Float64Array(numPoints);
  for (const point of left) bounds[point] = nearest(point, 0, first, Infinity);
  const seen = new Uint32Array(numPoints).fill(first);
  const tree = createSumTree(bounds);
  return {
    total: tree.total,
    find: tree.find,
    settle: (point, known) => {
      const offset = tree.offset();
      let bound = bounds[point]!;
      while (seen[point]! < known && bound > offset) {
        const from = seen[point]!;
        seen[point] = Math.min(known, from + atOnce);
        bound = nearest(point, from, seen[point], bound);
      }
      const isKept = bound > offset;
      bounds[point] = isKept ? 0 : bound;
      tree.set(point, bounds[point]);
      return [bound, isKept];
    },
  };
}
