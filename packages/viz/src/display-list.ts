import type { Size } from '@qualm/types';

/** The inside of a shape. `path` is SVG path data; `opacity` 0..1. */
export interface Fill {
  readonly path: string;
  readonly color: string;
  readonly opacity: number;
  readonly rule: 'nonzero' | 'evenodd';
  /** Of the shape's box, in square pixels: large ones are painted first. */
  readonly area: number;
}

/** The outline of a shape. With `clip`, only what falls inside of the path is painted. */
export interface Stroke {
  readonly path: string;
  readonly color: string;
  readonly opacity: number;
  readonly width: number;
  readonly dash: readonly number[];
  readonly rule: 'nonzero' | 'evenodd';
  readonly clip: boolean;
}

/** One line of a label: `y` is its baseline, `width` how wide it must come out. */
export interface LabelLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Text, and the plate under it. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly plate: { readonly color: string; readonly opacity: number } | null;
  readonly lines: readonly LabelLine[];
  readonly fontSize: number;
  readonly ink: string;
  readonly opacity: number;
}

/** All that a picture shows over its image, in the order of painting: fills, then strokes, then
 * labels.
 */
export interface DisplayList {
  readonly picture: Size;
  readonly fills: readonly Fill[];
  readonly strokes: readonly Stroke[];
  readonly labels: readonly Label[];
}
