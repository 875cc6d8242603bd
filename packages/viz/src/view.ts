import type { Size } from '@qualm/types';
import { assertSize } from './assert-picture.ts';
import type { BoxLike, Point } from './layer.ts';

/** A rectangle by its corner, in pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of an image becomes a picture, and how large that is. */
export interface View {
  /** Of the whole image, in its pixels. */
  readonly image: Size;
  /** What is seen of it, in its pixels. */
  readonly region: Rect;
  /** The picture that comes out. */
  readonly picture: Size;
}

/** The whole image, pixel for pixel. */
export function fullView(image: Size): View {
  assertSize('fullView', image);
  return { image, region: { x: 0, y: 0, width: image.width, height: image.height }, picture: image };
}

/** A point of the image in the picture. */
export function pointInView([x, y]: Point, { region, picture }: View): Point {
  return [((x - region.x) * picture.width) / region.width, ((y - region.y) * picture.height) / region.height];
}

/** The part of a box that lies inside the image, in pixels of the image; null for none, and for
 * what is not a box.
 */
export function boxInImage(box: BoxLike, { width, height }: Size): Rect | null {
  const [scaleX, scaleY] = 'space' in box && box.space === 'relative' ? [width, height] : [1, 1];
  const left = Math.max(0, box.xmin * scaleX);
  const top = Math.max(0, box.ymin * scaleY);
  const right = Math.min(width, box.xmax * scaleX);
  const bottom = Math.min(height, box.ymax * scaleY);
  return left <= right && top <= bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** A rectangle of the image in the picture. */
export function rectInView(rect: Rect, view: View): Rect {
  const [x, y] = pointInView([rect.x, rect.y], view);
  const [right, bottom] = pointInView([rect.x + rect.width, rect.y + rect.height], view);
  return { x, y, width: right - x, height: bottom - y };
}

/** The part of a rectangle inside a frame that begins at (0, 0); null for none. Touching counts. */
export function insideFrame(rect: Rect, frame: Size): Rect | null {
  return boxInImage({ xmin: rect.x, ymin: rect.y, xmax: rect.x + rect.width, ymax: rect.y + rect.height }, frame);
}
