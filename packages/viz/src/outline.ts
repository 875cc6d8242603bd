import type { BoxLayer, KeypointsLayer, MaskLayer, Point, PolygonLayer } from './layer.ts';
import { maskRings } from './mask-rings.ts';
import { dotPath, linePath, rectPath, ringsPath, sameWayRound } from './path-data.ts';
import { boxInImage, insideFrame, pointInView, rectInView } from './view.ts';
import type { Rect, View } from './view.ts';

/** A shape's outline in the picture, and the box around the part of it that is seen. */
export interface Outline {
  readonly path: string;
  readonly rule: 'nonzero' | 'evenodd';
  /** The whole shape's box. */
  readonly bounds: Rect;
  readonly visible: Rect;
  /** Path data of lines that are not part of the outline: those of a skeleton. */
  readonly links?: string;
}

/** Where a shape comes out in the picture; null when nothing of it does. A box without area gets
 * `least` pixels.
 */
export function outlineOf(
  layer: BoxLayer | MaskLayer | PolygonLayer | KeypointsLayer,
  view: View,
  least: number,
): Outline | null {
  if (layer.kind === 'box') return boxOutline(layer, view, least);
  if (layer.kind === 'keypoints') return pointsOutline(layer, view, layer.style.radius ?? 2 * least);
  const isTraced = layer.kind === 'mask' && layer.mask.encoding.type !== 'polygons';
  const rings = (layer.kind === 'mask' ? pointsOfMask(layer, view) : layer.rings)
    .filter((ring) => ring.length >= 3 && ring.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)))
    .map((ring) => ring.map((point) => pointInView(point, view)));
  const bounds = boundsOf(rings.flat());
  const visible = bounds && insideFrame(bounds, view.picture);
  if (!visible) return null;
  const path = ringsPath(isTraced ? rings : sameWayRound(rings));
  return { path, rule: isTraced ? 'evenodd' : 'nonzero', bounds, visible };
}

function boxOutline({ box }: BoxLayer, view: View, least: number): Outline | null {
  const inImage = boxInImage(box, view.image);
  if (!inImage) return null;
  const bounds = atLeast(rectInView(inImage, view), least);
  const visible = insideFrame(bounds, view.picture);
  return visible && { path: rectPath(bounds), rule: 'nonzero', bounds, visible };
}

function pointsOutline({ points, skeleton }: KeypointsLayer, view: View, radius: number): Outline | null {
  const places = points.map((point) => {
    const place = point && pointInView(point, view);
    return place && Number.isFinite(place[0] + place[1]) ? place : null;
  });
  const found = places.filter((place) => place !== null);
  const middle = boundsOf(found);
  const bounds = middle && atLeast(middle, 2 * radius);
  const visible = bounds && insideFrame(bounds, view.picture);
  if (!visible) return null;
  const links = skeleton.flatMap(([from, to]) => {
    const [a, b] = [places[from], places[to]];
    return a && b ? [linePath(a, b)] : [];
  });
  const path = found.map((place) => dotPath(place, radius)).join('');
  return { path, rule: 'nonzero', bounds, visible, links: links.join('') };
}

function atLeast({ x, y, width, height }: Rect, least: number): Rect {
  const [moreX, moreY] = [Math.max(0, least - width), Math.max(0, least - height)];
  return { x: x - moreX / 2, y: y - moreY / 2, width: width + moreX, height: height + moreY };
}

function pointsOfMask({ mask }: MaskLayer, { image }: View): Point[][] {
  const [scaleX, scaleY] = [image.width / mask.size.width, image.height / mask.size.height];
  return maskRings(mask).map((ring) =>
    Array.from({ length: ring.length >> 1 }, (_, index) => [ring[2 * index]! * scaleX, ring[2 * index + 1]! * scaleY]),
  );
}

function boundsOf(points: readonly Point[]): Rect | null {
  if (points.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
