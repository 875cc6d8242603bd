import { Box2d } from '@qualm/types';
import type { Size } from '@qualm/types';
import { show } from './coco-annotation.ts';
import type { RawAnnotation } from './coco-annotation.ts';

/** A box, and each way in which it is not the file's. */
export interface ReadBox {
  readonly box: Box2d<'pixels'>;
  readonly changes: readonly string[];
}

type Edges = readonly [xmin: number, ymin: number, xmax: number, ymax: number];

/** What two numbers of two decimals, as in COCO's own files, may add up to beside the edge. */
const rounding = 0.0101;
/** No image is as large, and float32 holds it. */
const farthest = 2 ** 31;

/** The box of an annotation in pixels: of a rotated one the box around it, cut off at all edges of
 * the image (at the upper left ones alone where its size is not known); or what is wrong with it.
 */
export function readBox(raw: RawAnnotation, size: Size | null): ReadBox | string {
  const { bbox } = raw;
  if (!Array.isArray(bbox) || bbox.length !== 4) return `bbox is ${show(bbox)}; expected [x, y, width, height]`;
  if (!bbox.every(Number.isFinite)) return `bbox is ${show(bbox)}; expected four finite numbers`;
  const [x, y, width, height] = bbox as [number, number, number, number];
  if (width < 0 || height < 0) return `bbox is ${show(bbox)}; expected a width and height of at least 0`;
  const { edges, changes } = turned([x, y, x + width, y + height], raw);
  const cut = cutOff(edges, size ?? { width: farthest, height: farthest });
  if (cut === null) return `bbox is ${show(bbox)}, outside of the image`;
  const past = Math.max(cut[0] - edges[0], cut[1] - edges[1], edges[2] - cut[2], edges[3] - cut[3]);
  if (past > rounding) {
    changes.push(`bbox is ${show(bbox)} and reaches ${Number(past.toFixed(2))} pixels past the image; it is cut off`);
  }
  return { box: new Box2d(...cut), changes };
}

/** Null for a box that does not touch the image. */
function cutOff([xmin, ymin, xmax, ymax]: Edges, { width, height }: Size): Edges | null {
  if (xmax < 0 || ymax < 0 || xmin > width || ymin > height) return null;
  return [Math.max(0, xmin), Math.max(0, ymin), Math.min(xmax, width), Math.min(ymax, height)];
}

/** The box around a rotated one. CVAT writes the degrees, clockwise around the box's middle, as an
 * attribute.
 */
function turned(edges: Edges, { attributes }: RawAnnotation): { edges: Edges; changes: string[] } {
  const { rotation = null } = (attributes ?? {}) as { readonly rotation?: unknown };
  if (rotation === null || rotation === '') return { edges, changes: [] };
  const degrees = typeof rotation === 'number' || typeof rotation === 'string' ? Number(rotation) : NaN;
  if (!Number.isFinite(degrees)) {
    return { edges, changes: [`attributes.rotation is ${show(rotation)}; the box is taken as it stands`] };
  }
  if (degrees % 180 === 0) return { edges, changes: [] };
  const changes = [`attributes.rotation is ${show(rotation)}; the box around the turned one is taken`];
  return { edges: boxAround(edges, (degrees * Math.PI) / 180), changes };
}

function boxAround([xmin, ymin, xmax, ymax]: Edges, angle: number): Edges {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [halfWidth, halfHeight] = [(xmax - xmin) / 2, (ymax - ymin) / 2];
  const [cx, cy] = [xmin + halfWidth, ymin + halfHeight];
  const across = halfWidth * cos + halfHeight * sin;
  const down = halfWidth * sin + halfHeight * cos;
  return [cx - across, cy - down, cx + across, cy + down];
}
