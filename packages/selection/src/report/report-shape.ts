import type { ReportShape } from '@qualm/report';
import type { RotatedBox, RowShapes } from '@qualm/types';
import { jointsOf } from '@qualm/viz/svg';
import type { Point } from '@qualm/viz/svg';
import { simplifyRing } from './simplify-ring.ts';

/** As many parts of what a picture shows are told from each other: a little more than it has
 * pixels. */
const parts = 400;

/** What stands beside a box as the page draws it.
 * @param side the longer one of what the picture shows, in pixels of the image; by default that of
 * the mask's picture.
 */
export function reportShape({ mask, keypoints, rotated_box: turned }: RowShapes, side?: number): ReportShape {
  const joints = keypoints && jointsOf(keypoints);
  const area = mask && maskPath(mask.toPolygons(), side ?? Math.max(mask.size.width, mask.size.height));
  const lines = joints?.skeleton.flatMap(([from, to]) => linePath(joints.points[from], joints.points[to])).join('');
  const dots = joints?.points.flatMap((point) => (isPlace(point) ? [`M${pair(point)}h0`] : [])).join('');
  return {
    ...(area && { area }),
    ...(lines && { lines }),
    ...(dots && { dots }),
    ...(turned && { outline: ringPath(cornersOf(turned)) }),
  };
}

function maskPath(rings: readonly ArrayLike<number>[], side: number): string {
  return rings
    .map((ring) => simplifyRing(ring, side / parts))
    .filter((ring) => ring.length >= 3)
    .map(ringPath)
    .join('');
}

function cornersOf({ cx, cy, width, height, angle }: RotatedBox): Point[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const signs = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  return signs.map(([right, down]) => {
    const [x, y] = [(right * width) / 2, (down * height) / 2];
    return [cx + x * cos - y * sin, cy + x * sin + y * cos];
  });
}

function ringPath(ring: readonly Point[]): string {
  return `M${ring.map(pair).join('L')}z`;
}

function linePath(from: Point | null | undefined, to: Point | null | undefined): string[] {
  return isPlace(from) && isPlace(to) ? [`M${pair(from)}L${pair(to)}`] : [];
}

function isPlace(point: Point | null | undefined): point is Point {
  return point != null && Number.isFinite(point[0] + point[1]);
}

function pair([x, y]: Point): string {
  return `${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}`;
}
