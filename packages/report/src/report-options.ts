import type { RankOrder } from '@qualm/types';
import type { ReportComparison } from './report-comparison.ts';
import type { ReportFacts } from './report-facts.ts';
import type { GivenVectors } from './report-vectors.ts';

/** What a click on a part of a chart narrows the grid to. */
export interface ChartFilter {
  /** A class, as a place in `labels`. */
  readonly label?: number;
  /** Scores, both ends included, 0..1. */
  readonly scores?: readonly [from: number, to: number];
  /** What a strategy says, as a place in `strategies`; the second end is not included. */
  readonly values?: { readonly strategy: number; readonly from: number; readonly to: number };
  /** What was drawn and what was found there, as places in `labels`; -1 for nothing. */
  readonly taken?: readonly [drawn: number, found: number];
}

/** A part of a chart that can be clicked, in parts of the picture's sides, 0..1. */
export interface ReportRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What it shows, for its name. */
  readonly words: string;
  /** Absent beside a `total` where the page can have nothing of it. */
  readonly filter?: ChartFilter;
  /** How many pairs of what was drawn and found it counts, where some of them may not be on the
   * page, which then says how many are. All regions of a chart have it, or none. */
  readonly total?: number;
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

/** What a verdict means, and what is said of a cell that has it. */
export interface VerdictWords {
  /** As on a button: `Wrong: fix the label`. */
  readonly act: string;
  /** As in a count: `wrong`. */
  readonly done: string;
}

export interface ReportOptions {
  readonly title?: string;
  /** A line below the title: what the cells are ranked by, in words. */
  readonly about?: string;
  /** Where the cells come from, for the head of the page. */
  readonly facts?: ReportFacts;
  /** Names of the classes. Where classes share a name the page has their ids behind it; such a name
   * stands here once for each of them, in the order of `classes`, or as `distinctNames` has it.
   */
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
  /** The same of words, such as a camera or the weather, which the page counts and filters by. */
  readonly wordColumns?: readonly string[];
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
