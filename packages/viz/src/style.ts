import type { Color } from './color.ts';

/** Where something sits on a rectangle. */
export type Anchor =
  'top-left' | 'top' | 'top-right' | 'left' | 'center' | 'right' | 'bottom-left' | 'bottom' | 'bottom-right';

/** How text looks. Sizes are in pixels of the picture that comes out. */
export interface TextStyle {
  /** The ink; black or white, whichever the background calls for, when absent. Tags take `ink`
   * instead.
   */
  readonly color?: Color;
  /** Height of an em; follows the picture's height when absent. */
  readonly fontSize?: number;
  /** The plate under the text; none when absent. */
  readonly background?: Color;
  /** 0..1. */
  readonly backgroundOpacity?: number;
  /** Around the text, inside the plate; a quarter of the font's size when absent. */
  readonly padding?: number;
  /** Which point of the text lies at `at`; `top-left` when absent. */
  readonly anchor?: Anchor;
  /** 0..1 of the whole text, plate included. */
  readonly opacity?: number;
}

/** How the tag of a box, mask or polygon looks. Its plate has the shape's colour. */
export interface TagStyle {
  /** The tag's text, in as many lines as it has; no tag when absent or empty. */
  readonly label?: string;
  /** Where on the shape's box the tag would like to be: `top-left` stands on the box, or inside
   * it where there is no room. It moves where another tag is in the way. */
  readonly labelAnchor?: Anchor;
  readonly fontSize?: number;
  readonly padding?: number;
  /** The tag's ink; black or white by the plate's luminance when absent. */
  readonly ink?: Color;
}

/** How a box looks. */
export interface BoxStyle extends TagStyle {
  readonly color?: Color;
  /** In pixels of the picture that comes out, inwards from the edge; 0 draws none; follows the
   * picture's height when absent.
   */
  readonly strokeWidth?: number;
  /** Dashes and gaps in pixels, as SVG has it. */
  readonly dash?: readonly number[];
  /** 0..1 of the inside; 0 when absent. */
  readonly fillOpacity?: number;
  /** 0..1 of stroke, fill and tag together. */
  readonly opacity?: number;
}

/** How a polygon looks: as a box, with 0.3 of `fillOpacity` when absent. */
export type PolygonStyle = BoxStyle;

/** How a mask looks: as a box, with 0.45 of `fillOpacity` and no stroke when absent. */
export type MaskStyle = BoxStyle;

/** How points look: as a box, filled; lines of a skeleton have `strokeWidth`. */
export interface KeypointsStyle extends BoxStyle {
  /** Of a point, in pixels of the picture that comes out; twice the width of strokes when absent.
   */
  readonly radius?: number;
}

/** How a heat map looks. */
export interface HeatmapStyle {
  /** What the ends of the colours stand for; 0 and 1 when absent. */
  readonly domain?: readonly [low: number, high: number];
  /** Colours from low to high; viridis when absent. */
  readonly scheme?: readonly Color[];
  /** 0..1; 0.5 when absent. */
  readonly fillOpacity?: number;
  /** 0..1 of all of it. */
  readonly opacity?: number;
}

/** Everything that can be said of any layer; each takes what it knows. */
export interface Style extends BoxStyle, TextStyle, Pick<KeypointsStyle, 'radius'> {}
