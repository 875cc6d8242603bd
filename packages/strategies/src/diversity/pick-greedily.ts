import { createFallingHeap } from './falling-heap.ts';
import type { Points } from './points.ts';

interface PickGreedilyOptions {
  readonly count: number;
  /** Points that count as picked. */
  readonly centres: Uint32Array;
  /** Points that may be picked, ascending. */
  readonly candidates: Uint32Array;
  /** What a point is worth whose squared distance from the nearest centre and pick is this,
   * Infinity where there are none. A smaller distance must not be worth more. */
  readonly valueOf: (point: number, squared: number) => number;
  /** Told of each point whose turn it is, with its squared distance: false for one that is neither
   * picked nor a centre. All are picked when absent. */
  readonly accepts?: (point: number, squared: number) => boolean;
}

/** Centres that a point is compared with before it is asked whether it can still be the best. */
const atOnce = 8;

/** `count` candidates, each worth the most, the first of equals, when those before it were picked;
 * and their squared distances from the nearest centre and pick then.
 *
 * The distance that a point was last found at, from the centres it was compared with, is an upper
 * bound, and so is what it is worth then. The point with the greatest bound is compared with the
 * centres that it has not seen; once it has seen all and is still the first, it is the best.
 */
export function pickGreedily(
  points: Points,
  { count, centres, candidates, valueOf, accepts = () => true }: PickGreedilyOptions,
): { readonly picked: Uint32Array; readonly squares: Float64Array } {
  const heap = createFallingHeap(
    candidates,
    Float64Array.from(candidates, (point) => valueOf(point, Infinity)),
  );
  const bounds = new Float64Array(points.numPoints).fill(Infinity);
  const seen = new Uint32Array(points.numPoints);
  const picked = new Uint32Array(Math.min(count, candidates.length));
  points.centres.set(centres);
  let place = 0;
  for (let left = candidates.length; place < picked.length && left > 0;) {
    const point = heap.first();
    const from = seen[point]!;
    const numCentres = centres.length + place;
    if (from < numCentres) {
      const to = (seen[point] = Math.min(numCentres, from + atOnce));
      bounds[point] = points.nearest(point, from, to, bounds[point]!);
      heap.lower(valueOf(point, bounds[point]));
    } else {
      heap.remove();
      left--;
      if (!accepts(point, bounds[point]!)) continue;
      picked[place++] = point;
      points.centres[numCentres] = point;
    }
  }
  const taken = picked.subarray(0, place);
  return { picked: taken, squares: Float64Array.from(taken, (point) => bounds[point]!) };
}
