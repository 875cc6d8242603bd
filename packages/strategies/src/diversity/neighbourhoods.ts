import { createRandom } from '@qualm/types/rows';
import { mostFound } from './distances.ts';
import { drawStart } from './k-means.ts';
import type { Points } from './points.ts';

/** Finds all points near a point. */
export interface Neighbourhoods {
  /** Calls `visit` with each point whose squared distance is at most `square`, itself among them,
   * in no order that means anything. */
  readonly visitWithin: (point: number, square: number, visit: (neighbour: number, squared: number) => void) => void;
  /** Calls `visit` once with each two points whose squared distance is at most `square`. */
  readonly visitPairs: (square: number, visit: (a: number, b: number) => void) => void;
}

/** Slots that `createNeighbourhoods` needs for as many points. */
export function slotsOfNeighbourhoods(numPoints: number): number {
  return numPoints + numPivotsOf(numPoints);
}

function numPivotsOf(numPoints: number): number {
  return Math.ceil(Math.sqrt(numPoints));
}

/** Points in order of their distance from the nearest of some pivots, so that a ball need be
 * compared with those alone whose distance from their pivot the triangle inequality allows.
 * Exact; where the distances of all points are alike it saves nothing, and a question costs a
 * look at each point. */
export function createNeighbourhoods(points: Points): Neighbourhoods {
  const { numPoints, centres, within, found, squares } = points;
  const pivots = drawStart(points, numPivotsOf(numPoints), createRandom(0));
  const numPivots = pivots.length;
  const { order, radii, ends, pivotAt } = groupByPivot(points, numPivots);
  centres.set(order, numPivots);
  const toPivots = new Float64Array(numPivots);
  const visitFrom = (
    first: number,
    point: number,
    square: number,
    visit: (neighbour: number, squared: number) => void,
  ): void => {
    const firstPivot = first < numPoints ? pivotAt[first]! : numPivots;
    for (let from = firstPivot; from < numPivots; from += mostFound) {
      const count = within(point, from, Math.min(numPivots, from + mostFound), Infinity);
      for (let i = 0; i < count; i++) toPivots[from + i] = Math.sqrt(squares[i]!);
    }
    const radius = Math.sqrt(square);
    for (let pivot = firstPivot; pivot < numPivots; pivot++) {
      const distance = toPivots[pivot]!;
      // Rounding, and squares that underflow, must not hide a neighbour.
      const reach = radius + 1e-9 * (radius + distance) + 1e-150;
      const begin = Math.max(first, pivot === 0 ? 0 : ends[pivot - 1]!);
      const from = firstFrom(radii, begin, ends[pivot]!, distance - reach);
      const to = firstFrom(radii, from, ends[pivot]!, distance + reach);
      for (let at = from; at < to; at += mostFound) {
        const count = within(point, numPivots + at, numPivots + Math.min(to, at + mostFound), square);
        for (let i = 0; i < count; i++) visit(centres[found[i]!]!, squares[i]!);
      }
    }
  };
  return {
    visitWithin: (point, square, visit) => {
      visitFrom(0, point, square, visit);
    },
    visitPairs: (square, visit) => {
      order.forEach((point, place) => {
        visitFrom(place + 1, point, square, (neighbour) => {
          visit(point, neighbour);
        });
      });
    },
  };
}

/** All points by pivot, those of one pivot by their distance from it, which `radii` gives; where
 * each pivot's end; and the pivot at each place. */
function groupByPivot(
  { numPoints, nearest, found }: Points,
  numPivots: number,
): { order: Uint32Array; radii: Float64Array; ends: Uint32Array; pivotAt: Uint32Array } {
  const pivotOf = new Uint32Array(numPoints);
  const distances = new Float64Array(numPoints);
  const ends = new Uint32Array(numPivots);
  for (let point = 0; point < numPoints; point++) {
    distances[point] = Math.sqrt(nearest(point, 0, numPivots, Infinity));
    ends[(pivotOf[point] = found[0]!)]!++;
  }
  for (let pivot = 1; pivot < numPivots; pivot++) ends[pivot]! += ends[pivot - 1]!;
  const order = Uint32Array.from({ length: numPoints }, (_, point) => point);
  order.sort((a, b) => pivotOf[a]! - pivotOf[b]! || distances[a]! - distances[b]!);
  const radii = Float64Array.from(order, (point) => distances[point]!);
  return { order, radii, ends, pivotAt: order.map((point) => pivotOf[point]!) };
}

/** The first place in the sorted part from `begin` to `end` with a number that is not below
 * `value`.
 */
function firstFrom(sorted: Float64Array, begin: number, end: number, value: number): number {
  while (begin < end) {
    const middle = (begin + end) >> 1;
    if (sorted[middle]! < value) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
