import type { GivenVectors } from './report-vectors.ts';
import type { RankOrder } from '@qualm/types';
import type { LayerBoxes } from './layer-boxes.ts';
import type { ReportComparison } from './report-comparison.ts';
import type { ReportFacts } from './report-facts.ts';

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

/** What a verdict means, and what is said of a cell that has it. */
export interface VerdictWords {
  /** As on a button: `Wrong: fix the label`. */
  readonly act: string;
  /** As in a count: `wrong`. */
  readonly done: string;
}

/** What a click on a part of a chart narrows the grid to. */
export interface ChartFilter {
  /** A class, as a place in `labels`. */
  readonly label?: number;
  /** Scores, both ends included, 0..1. */
  readonly scores?: readonly [from: number, to: number];
  /** What a strategy says, as a place in `strategies`; the second end is not included. */
  readonly values?: { readonly strategy: number; readonly from: number; readonly to: number };
}

/** A part of a chart that can be clicked, in parts of the picture's sides, 0..1. */
export interface ReportRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What it shows, for its name. */
  readonly words: string;
  readonly filter: ChartFilter;
}

/** A chart from `@qualm/viz/charts`, for light and for dark pages. */
export interface ReportChart {
  readonly light: string;
  readonly dark: string;
  /** What it shows, in words. */
  readonly words: string;
  /** Where it can be clicked: `chartRegions` has these places. */
  readonly regions?: readonly ReportRegion[];
}

/** What ranks. */
export interface ReportStrategy {
  readonly name: string;
  readonly order: RankOrder;
  /** The same of a single box, where cells are images whose number is made of their boxes'; of the
   * same name and order when absent.
   */
  readonly box?: { readonly name: string; readonly order: RankOrder };
  /** Whether the model of the second layer was asked the same: cells have its `otherValues`, and
   * its boxes their values. Default false.
   */
  readonly compared?: boolean;
}

/** A class of the model. */
export interface ReportClass {
  /** A whole number, as labels have it. */
  readonly id: number;
  readonly name: string;
}

export interface ReportOptions {
  readonly title?: string;
  /** A line below the title: what the cells are ranked by, in words. */
  readonly about?: string;
  /** Where the cells come from, for the head of the page. */
  readonly facts?: ReportFacts;
  /** Names of the classes. */
  readonly labels: readonly string[];
  /** All classes that a box may be, in the model's order: who answers finds them by name, and
   * exported labels have their ids (each one higher where the lowest is below 1). Default `labels`,
   * counted from 1.
   */
  readonly classes?: readonly ReportClass[];
  /** What a cell is, for the words of the page. Default box where any cell shows a part of its
   * image, else image.
   */
  readonly by?: 'box' | 'image';
  /** What cells can be sorted by; the first one at the beginning. */
  readonly strategies: readonly ReportStrategy[];
  /** What numbers are called that cells bring along, such as columns of a list. */
  readonly columns?: readonly string[];
  /** How the first two layers differ, where they are two models. */
  readonly comparison?: ReportComparison;
  /** Whose boxes are drawn, such as two models, or a model and people: each has a colour and can be
   * hidden, and with two or more a cell can be looked at side by side. At most five. Default
   * `boxes`.
   */
  readonly layers?: readonly string[];
  /** Kinds of cells, such as kinds of errors, which the page counts and filters by. */
  readonly kinds?: readonly string[];
  /** What the first order of the cells is called, and the other way round. Default least sure
   * first, and most sure first.
   */
  readonly orderWords?: readonly [string, string];
  /** What accept and reject mean here. Default to send to labelling, and to leave out. */
  readonly verdicts?: { readonly accept: VerdictWords; readonly reject: VerdictWords };
  /** What is said of a cell without a number and without a box, such as `no box above 0.2`. Default
   * `no number`.
   */
  readonly noBox?: string;
  /** Charts beside the grid. */
  readonly charts?: readonly ReportChart[];
  /** A vector of each cell, to fold those that are alike and to draw a map; or what makes them once
   * all pictures are there. None when absent or null.
   */
  readonly vectors?: GivenVectors | null;
}
