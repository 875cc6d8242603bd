import type { Point } from '@qualm/viz/svg';

/** A ring with fewer corners, none of the others farther than `distance` from it.
 * @param ring x, y, x, y, ...
 * @see Douglas and Peucker 1973, "Algorithms for the reduction of the number of points required to
 * represent a digitized line or its caricature"
 */
export function simplifyRing(ring: ArrayLike<number>, distance: number): Point[] {
  const points = Array.from({ length: ring.length >> 1 }, (_, at): Point => [ring[2 * at]!, ring[2 * at + 1]!]);
  if (points.length < 4) return points;
  const far = farthest(points, 0, points.length, points[0]!, points[0]!).at;
  const isKept = new Uint8Array(points.length + 1);
  isKept[0] = isKept[far] = isKept[points.length] = 1;
  const open: [from: number, to: number][] = [
    [0, far],
    [far, points.length],
  ];
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    const { at, away } = farthest(points, from + 1, to, points[from]!, points[to % points.length]!);
    if (!(away > distance)) continue;
    isKept[at] = 1;
    open.push([from, at], [at, to]);
  }
  return points.filter((_, at) => isKept[at] === 1);
}

/** The point from `from` to before `to` that is farthest away from a line. */
function farthest(
  points: readonly Point[],
  from: number,
  to: number,
  start: Point,
  end: Point,
): { at: number; away: number } {
  let [at, away] = [from, -1];
  for (let place = from; place < to; place++) {
    const distance = distanceTo(points[place]!, start, end);
    if (distance > away) [at, away] = [place, distance];
  }
  return { at, away };
}

function distanceTo([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [right, down] = [toX - fromX, toY - fromY];
  const length = right * right + down * down;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * right + (y - fromY) * down) / length));
  return Math.hypot(x - fromX - part * right, y - fromY - part * down);
}
