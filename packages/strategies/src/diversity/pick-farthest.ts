import { createFallingHeap } from './falling-heap.ts';
import { pointsWithout } from './point-order.ts';
import type { Points } from './points.ts';

/** Centres that a point is compared with before it is asked whether it can still be the farthest. */
const atOnce = 8;

/** `count` points, each the farthest from the nearest of `centres` and of those picked before it; and the squares of these distances.
 *
 * What a point was last found to be from the centres it was compared with is an upper bound. The point with the greatest bound is compared
 * with the centres that it has not seen; once it has seen all and is still the first, it is the farthest.
 */
export function pickFarthest(
  points: Points,
  centres: Uint32Array,
  count: number,
): { readonly picked: Uint32Array; readonly squares: Float64Array } {
  const candidates = pointsWithout(points.numPoints, centres);
  const heap = createFallingHeap(candidates, new Float64Array(candidates.length).fill(Infinity));
  const seen = new Uint32Array(points.numPoints);
  const picked = new Uint32Array(Math.min(count, candidates.length));
  const squares = new Float64Array(picked.length);
  points.centres.set(centres);
  for (let place = 0, numCentres = centres.length; place < picked.length;) {
    const point = heap.first();
    const from = seen[point]!;
    if (from < numCentres) {
      const to = (seen[point] = Math.min(numCentres, from + atOnce));
      heap.lower(points.nearest(point, from, to, heap.firstKey()));
    } else {
      picked[place] = point;
      squares[place++] = heap.firstKey();
      points.centres[numCentres++] = point;
      heap.remove();
    }
  }
  return { picked, squares };
}
