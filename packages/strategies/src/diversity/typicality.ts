import { distanceOf } from './distance-of.ts';
import type { Metric } from './embeddings.ts';
import { insertSorted } from './insert-sorted.ts';
import type { Points } from './points.ts';

/** Slots that are looked at before it is asked whether what is left can still be nearer. */
const atOnce = 64;

/** Of each member 1 / the mean distance to its `numNeighbours` nearest other members, all of them
 * where there are fewer; Infinity where that is 0, or where it is alone.
 * @param squares the squared distance of each point from one place, such as the members' centroid.
 * Two members are at least as far from each other as their distances from there differ, so that
 * most need no comparing where these do.
 */
export function typicality(
  points: Points,
  members: Uint32Array,
  squares: Float64Array,
  numNeighbours: number,
  metric?: Metric,
): Float64Array {
  const places = Uint32Array.from(members, (_, place) => place);
  places.sort((a, b) => squares[members[a]!]! - squares[members[b]!]! || a - b);
  const radii = Float64Array.from(places, (place) => Math.sqrt(squares[members[place]!]!));
  places.forEach((place, slot) => {
    points.centres[slot] = members[place]!;
  });
  const result = new Float64Array(members.length);
  places.forEach((place, slot) => {
    const nearest = nearestSquares(points, slot, radii, numNeighbours);
    const sum = nearest.reduce((total, squared) => total + distanceOf(squared, metric), 0);
    result[place] = nearest.length === 0 ? Infinity : nearest.length / sum;
  });
  return result;
}

/** The least squared distances from a slot's point to those of all other slots, ascending, as many
 * as wanted.
 */
function nearestSquares(points: Points, slot: number, radii: Float64Array, wanted: number): Float64Array {
  const { centres, within, squares } = points;
  const best = new Float64Array(Math.min(wanted, radii.length - 1)).fill(Infinity);
  const take = (from: number, to: number): void => {
    const count = within(centres[slot]!, from, to, best.at(-1)!);
    for (let i = 0; i < count; i++) insertSorted(best, squares[i]!);
  };
  let [left, right] = [slot, slot + 1];
  while (best.length > 0 && (left > 0 || right < radii.length)) {
    const leftGap = left > 0 ? radii[slot]! - radii[left - 1]! : Infinity;
    const rightGap = right < radii.length ? radii[right]! - radii[slot]! : Infinity;
    const gap = Math.min(leftGap, rightGap);
    // Rounding must not hide a neighbour.
    if (gap * gap * (1 - 1e-9) > best.at(-1)! + 1e-9 * radii[slot]! ** 2) break;
    if (leftGap < rightGap) take(Math.max(0, left - atOnce), left);
    else take(right, Math.min(radii.length, right + atOnce));
    if (leftGap < rightGap) left = Math.max(0, left - atOnce);
    else right = Math.min(radii.length, right + atOnce);
  }
  return best;
}
