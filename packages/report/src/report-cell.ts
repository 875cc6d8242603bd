import type { LayerBoxes } from './layer-boxes.ts';

/** A picture of a cell, small: some 200 pixels on the longer side. */
export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
}

/** A row of the page: one box that is drawn over a cell's picture, with what the page alone knows
 * of it; in pixels of the image, as are its cell's sizes.
 */
export interface ReportBox {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
  /** A place in `layers`. Default 0. */
  readonly layer?: number;
  /** A place in `labels`; absent where it has none. */
  readonly label?: number;
  /** 0..1. */
  readonly score?: number;
  /** Its classes after the best one, best first, as the bars of the page show them: two to four are
   * enough.
   */
  readonly rivals?: readonly ScoredClass[];
  /** What each strategy says of it, in the order of `strategies`. */
  readonly values?: readonly number[];
  /** Which of the image's boxes it is, as `box` of the box that decides has it. */
  readonly box?: number;
  /** Where a model was compared with labels: the class that the other side has of the same thing,
   * as a place in `labels`; -1 where it has nothing there. Of a box of the first layer that is what
   * people drew, of a drawn one what the model found. Absent where nobody compared.
   */
  readonly partner?: number;
  /** What is drawn with it. */
  readonly shape?: ReportShape;
}

/** A class that a box may be. */
export interface ScoredClass {
  /** A place in `labels`. */
  readonly label: number;
  /** 0..1. */
  readonly score: number;
}

/** What stands beside a box, as SVG path data in pixels of the image. */
export interface ReportShape {
  /** A mask, filled by the even-odd rule. */
  readonly area?: string;
  /** The lines of a skeleton. */
  readonly lines?: string;
  /** Points, each a line of no length: `M10 20h0`. */
  readonly dots?: string;
  /** The box itself, where it is turned: drawn in the place of the upright one. */
  readonly outline?: string;
}

/** What a box may be. */
export interface BoxClasses {
  /** Which of the boxes that are stored of the image it is, from 0; absent when unknown. */
  readonly box?: number;
  /** The best class and the second best, as places in `labels`; absent where there is none. */
  readonly label?: number;
  readonly second?: number;
  /** Their scores, 0..1. */
  readonly score?: number;
  readonly secondScore?: number;
}

/** The box that a number comes from. */
export interface DecidingBox extends BoxClasses {
  /** The box's own number, where the cell's is made of all boxes: then it is the box of greatest
   * doubt.
   */
  readonly value?: number;
}

/** A detection, or an image. What a cell says of classes it says of one box: that which its number
 * comes from.
 */
export interface ReportCell extends BoxClasses {
  /** Of this cell and no other. Marks are kept under it: it should name what is seen, such as the
   * image, class and box, so that marks of one model's boxes are not shown on another's.
   */
  readonly id: string;
  /** The image's id, for programs that read the marks. */
  readonly imageId?: string | number;
  /** The image's name, for people. */
  readonly image: string;
  /** Of the whole image, in pixels; absent when unknown, and then nothing is drawn over it.
   */
  readonly width?: number;
  readonly height?: number;
  /** The part of the image that the picture shows, in pixels. Default the whole. */
  readonly region?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Absent or null where there is none: the cell says so. */
  readonly thumbnail?: Thumbnail | null;
  /** The whole image, where the cell shows a part of it: then the page can ask what the model
   * missed in it. One cell of an image is enough.
   */
  readonly whole?: Thumbnail;
  /** Invalid boxes, and boxes outside of the region, are left out; the rest is cut off at its
   * edges.
   */
  readonly boxes?: readonly (ReportBox | LayerBoxes)[];
  /** What each strategy says, in the order of `strategies`. */
  readonly values: readonly number[];
  /** The box that each of these numbers comes from, where it is not one for all of them: an image's
   * margin is that of one box, its entropy that of another.
   */
  readonly deciding?: readonly DecidingBox[];
  /** Why it is there, in words, such as the reason that a batch gives. */
  readonly reason?: string;
  /** How many boxes were found in its image; those of layer 0 in `boxes` when absent. */
  readonly numBoxes?: number;
  /** Where its image lies, such as `night/rain`; absent where nobody says. */
  readonly folder?: string;
  /** Numbers that are brought along, in the order of `columns`; NaN for none. */
  readonly columns?: readonly number[];
  /** Words that are brought along, in the order of `wordColumns`; null for none. */
  readonly words?: readonly (string | null)[];
  /** Whose box the cell is, as a place in `layers`: 0, or 1 where only the model of the second
   * layer found it. Then `box`, classes and scores are those of its box, and the page shows the
   * cell where it is asked for such boxes alone. Default 0.
   */
  readonly layer?: number;
  /** Which box of the second layer each of `otherValues` comes from, as `box` of it, and its own
   * number where that of the cell is made of all boxes. Of a cell that is a box it is that of its
   * pair.
   */
  readonly otherDeciding?: readonly Pick<DecidingBox, 'box' | 'value'>[];
  /** What the model of the second layer says, for each strategy that is `compared`; NaN for
   * nothing.
   */
  readonly otherValues?: readonly number[];
  /** Things that the first two layers both have, as places in `boxes`; absent where they were not
   * compared. Of the boxes of these layers, those in no pair are had by one alone.
   */
  readonly pairs?: readonly (readonly [number, number])[];
  /** A place in `kinds`. */
  readonly kind?: number;
  /** The label that it is about, as its file names it, for programs that read the marks. */
  readonly annotationId?: string | number;
}
