import { assertArray, assertFunctions, assertNumbers, assertOptions, assertString, assertWhole } from '@qualm/types';
import type { Box2d, BoxSpace, Mask } from '@qualm/types';
import { assertBox, assertLayers, assertStyle } from './assert-picture.ts';
import type { BoxStyle, HeatmapStyle, KeypointsStyle, MaskStyle, PolygonStyle, Style, TextStyle } from './style.ts';

/** A box: a Box2d in pixels or relative, or anything with its numbers, which then are pixels. */
export type BoxLike =
  Box2d<BoxSpace> | { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number };

/** x and y in pixels of the image. */
export type Point = readonly [x: number, y: number];

export interface BoxLayer {
  readonly kind: 'box';
  readonly box: BoxLike;
  readonly style: BoxStyle;
}

export interface MaskLayer {
  readonly kind: 'mask';
  readonly mask: Mask;
  readonly style: MaskStyle;
}

export interface PolygonLayer {
  readonly kind: 'polygon';
  readonly rings: readonly (readonly Point[])[];
  readonly style: PolygonStyle;
}

export interface TextLayer {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Point;
  readonly style: TextStyle;
}

/** Points that belong together, such as the joints of a person; null for one that was not found. */
export interface KeypointsLayer {
  readonly kind: 'keypoints';
  readonly points: readonly (Point | null)[];
  /** Which points are joined, by their places in `points`. */
  readonly skeleton: readonly (readonly [from: number, to: number])[];
  readonly style: KeypointsStyle;
}

/** Numbers over the whole image, in cells of equal size. */
export interface HeatmapLayer {
  readonly kind: 'heatmap';
  /** Row by row, `columns * rows` of them. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  readonly rows: number;
  readonly style: HeatmapStyle;
}

/** Several layers, and a style that wins over theirs. */
export interface GroupLayer {
  readonly kind: 'group';
  readonly layers: readonly Layer[];
  readonly style: Style;
}

/** A plain, frozen value that says what to draw. */
export type Layer = BoxLayer | MaskLayer | PolygonLayer | KeypointsLayer | HeatmapLayer | TextLayer | GroupLayer;

/** A box. One with a NaN, with corners the wrong way round, or wholly outside the picture is not
 * drawn; one without area is drawn as a point or line as thick as its stroke.
 * @example box(new Box2d(10, 20, 110, 220), { color: 'yellow', strokeWidth: 3, label: 'person 0.51' })
 */
export function box(box: BoxLike, style: BoxStyle = {}): BoxLayer {
  assertBox('box', box);
  assertStyle('box', style);
  return Object.freeze({ kind: 'box', box, style });
}

/** A mask, stretched over the image where it is of another size. An empty one draws nothing, not
 * even its tag.
 * @example mask(Mask.fromCoco(annotation.segmentation, size), { color: 'orange', fillOpacity: 0.6, strokeWidth: 2 })
 */
export function mask(mask: Mask, style: MaskStyle = {}): MaskLayer {
  assertFunctions('mask', 'its mask', mask, ['toRle'], 'a mask, such as Mask.fromCoco(annotation.segmentation, size)');
  assertStyle('mask', style);
  return Object.freeze({ kind: 'mask', mask, style });
}

/** A polygon of one ring of points, or of several whose union it is. Rings with fewer than three
 * points, or with a NaN, are not drawn.
 * @example polygon([[10, 10], [90, 10], [50, 80]], { color: 'tomato', fillOpacity: 0.5 })
 */
export function polygon(
  points: readonly Point[] | readonly (readonly Point[])[],
  style: PolygonStyle = {},
): PolygonLayer {
  assertArray('polygon', 'its points', points, wantedPoints);
  assertStyle('polygon', style);
  const rings = isRing(points) ? [points] : points;
  for (const ring of rings) assertArray('polygon', 'a ring', ring, wantedPoints);
  return Object.freeze({ kind: 'polygon', rings, style });
}

/** Points, and the lines of a skeleton between them. A point that is null or has a NaN is left out,
 * and so are its lines.
 * @throws RangeError when the skeleton names a point that is not there.
 * @example keypoints(joints, { skeleton: cocoSkeleton, color: 'gold' })
 */
export function keypoints(
  points: readonly (Point | null)[],
  options: KeypointsStyle & Partial<Pick<KeypointsLayer, 'skeleton'>> = {},
): KeypointsLayer {
  assertArray('keypoints', 'its points', points, wantedPoints);
  assertStyle('keypoints', options);
  const { skeleton = [], ...style } = options;
  assertArray('keypoints', 'skeleton', skeleton, 'an array of pairs, such as cocoSkeleton');
  const wrong = skeleton.flat().find((at) => !(Number.isInteger(at) && at >= 0 && at < points.length));
  if (wrong !== undefined)
    throw new RangeError(
      `keypoints: the skeleton names point ${wrong} of ${points.length}; expected 0 to ${points.length - 1}`,
    );
  return Object.freeze({ kind: 'keypoints', points, skeleton, style });
}

/** A map of numbers over the image, in the colours of `valueColor`: an uncertainty for each cell of
 * a grid, an attention map. NaN is left clear.
 * @param values row by row, one for each of `columns * rows` cells; drawing throws RangeError for
 * another number of them.
 * @example heatmap(entropies, { columns: 20, rows: 15 }, { domain: [0, Math.log(80)], fillOpacity: 0.6 })
 */
export function heatmap(
  values: ArrayLike<number>,
  grid: { readonly columns: number; readonly rows: number },
  style: HeatmapStyle = {},
): HeatmapLayer {
  assertNumbers('heatmap', 'its values', values);
  assertOptions('heatmap', grid, '{ columns: 20, rows: 15 }', 'its grid');
  const { columns, rows } = grid;
  assertWhole('heatmap', 'columns', columns, 0);
  assertWhole('heatmap', 'rows', rows, 0);
  assertStyle('heatmap', style);
  return Object.freeze({ kind: 'heatmap', values, columns, rows, style });
}

/** Text of one or more lines at a point, moved into the picture where it would leave it, cut with
 * an ellipsis where it cannot fit.
 * @example text('person | 0.512', [10, 20], { color: 'white', background: 'black' })
 */
export function text(text: string, at: Point, style: TextStyle = {}): TextLayer {
  assertString('text', 'its text', text);
  assertArray('text', 'its point', at, 'an array of x and y, such as [10, 20]');
  assertStyle('text', style);
  return Object.freeze({ kind: 'text', text, at, style });
}

/** The layers with a style that wins over their own, and over any style further in.
 * @example style([box(a, { color: 'red' }), box(b)], { color: 'yellow' }) // both yellow
 */
export function style(layers: Layer | readonly Layer[], style: Style): GroupLayer {
  assertLayers('style', layers);
  assertStyle('style', style);
  return Object.freeze({ kind: 'group', layers: isLayers(layers) ? layers : [layers], style });
}

/** Several layers as one, in the order in which they are given. */
export function compose(...layers: readonly Layer[]): GroupLayer {
  assertLayers('compose', layers);
  return style(layers, {});
}

const wantedPoints = 'an array of points, such as [[10, 10], [90, 10], [50, 80]]';

function isLayers(layers: Layer | readonly Layer[]): layers is readonly Layer[] {
  return Array.isArray(layers);
}

function isRing(points: readonly Point[] | readonly (readonly Point[])[]): points is readonly Point[] {
  return typeof points[0]?.[0] === 'number';
}
