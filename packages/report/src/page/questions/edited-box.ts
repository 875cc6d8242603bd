import type { LabelledBox } from '../../answers/answer.ts';

export type Edges = LabelledBox['box'];

/** How large an image is, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which sides of a box are taken: -1 the left or upper one, 1 the other, 0 none of both. */
export interface Grip {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** The corners and the middles of the sides. */
export const grips: readonly Grip[] = ([-1, 0, 1] as const).flatMap((y) =>
  ([-1, 0, 1] as const).flatMap((x) => (x === 0 && y === 0 ? [] : [{ x, y }])),
);

/** No side is shorter, in pixels. */
const shortest = 1;

/** A box moved by so many pixels, as far as the image goes. */
export function moved([xmin, ymin, xmax, ymax]: Edges, x: number, y: number, { width, height }: Size): Edges {
  const [right, down] = [within(x, -xmin, width - xmax), within(y, -ymin, height - ymax)];
  return rounded([xmin + right, ymin + down, xmax + right, ymax + down]);
}

/** A box of which some sides are moved by so many pixels. */
export function resized(edges: Edges, grip: Grip, x: number, y: number, { width, height }: Size): Edges {
  let [xmin, ymin, xmax, ymax] = edges;
  if (grip.x < 0) xmin = within(xmin + x, 0, xmax - shortest);
  if (grip.x > 0) xmax = within(xmax + x, xmin + shortest, width);
  if (grip.y < 0) ymin = within(ymin + y, 0, ymax - shortest);
  if (grip.y > 0) ymax = within(ymax + y, ymin + shortest, height);
  return rounded([xmin, ymin, xmax, ymax]);
}

/** The box between two points; null where it has no area to speak of. */
export function between(
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  { width, height }: Size,
): Edges | null {
  const [left, right] = [from[0], to[0]].map((x) => within(x, 0, width)).sort((a, b) => a - b) as [number, number];
  const [top, bottom] = [from[1], to[1]].map((y) => within(y, 0, height)).sort((a, b) => a - b) as [number, number];
  return right - left < shortest || bottom - top < shortest ? null : rounded([left, top, right, bottom]);
}

/** A box of the model's, as far as it lies within the image. */
export function clipped({ xmin, ymin, xmax, ymax }: BoxSides, size: Size): Edges {
  return between([xmin, ymin], [xmax, ymax], size) ?? [xmin, ymin, xmax, ymax];
}

interface BoxSides {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** The part of an image to look at for a box: some of what is around it, and not so little that
 * nobody could tell what it is.
 */
export function lookedAt([xmin, ymin, xmax, ymax]: Edges, { x, y, width, height }: Region): Region {
  const side = Math.max(xmax - xmin, ymax - ymin);
  const around = Math.max(0.5 * side, 0.12 * Math.max(width, height));
  const left = within(xmin - around, x, x + width);
  const top = within(ymin - around, y, y + height);
  const right = within(xmax + around, left + 1, x + width);
  const bottom = within(ymax + around, top + 1, y + height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A part of an image, in its pixels. */
export interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

/** A number at an end of a range that has no room is at its beginning. */
function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** To a tenth of a pixel. */
function rounded(edges: Edges): Edges {
  return edges.map((edge) => Math.round(10 * edge) / 10) as unknown as Edges;
}
