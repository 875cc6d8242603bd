import type { ReportShape } from './report-cell.ts';
import type { ReportChart, ReportClass, ReportOptions, ReportStrategy } from './report-options.ts';
import type { PageVectors } from './report-vectors.ts';
import type { ReportComparison } from './report-comparison.ts';
import type { ReportFacts } from './report-facts.ts';

/** A strategy, and what people call it. */
export interface PageStrategy extends ReportStrategy {
  readonly words: string;
  readonly box?: NonNullable<ReportStrategy['box']> & { readonly words: string };
}

/** A class, and what the page calls it. */
export interface PageClass extends ReportClass {
  /** Where others have the same name; absent where its name says which it is. */
  readonly shown?: string;
}

/** What the page is given, as JSON. */
export interface ReportData {
  /** Of the report. */
  readonly id: string;
  readonly title: string;
  /** A line below it; empty where there is none. */
  readonly about: string;
  /** Null where nobody says. */
  readonly facts: ReportFacts | null;
  /** Each is there once. */
  readonly labels: readonly string[];
  /** All classes that a box may be; those of `labels`, counted from 1, when absent. */
  readonly classes?: readonly PageClass[];
  readonly strategies: readonly PageStrategy[];
  /** What a cell is. */
  readonly by: 'box' | 'image';
  /** Whose boxes are drawn. */
  readonly layers: readonly string[];
  /** What is said of a cell without a number and without a box. */
  readonly noBox: string;
  /** Classes that are confused, in an order that brings them together. */
  readonly pairOrder: readonly number[];
  /** What the numbers are called that cells bring along. */
  readonly columns: readonly string[];
  /** What the words are called that cells bring along; absent where there are none. */
  readonly wordColumns?: readonly string[];
  /** Null where there are no two models. */
  readonly comparison: PageComparison | null;
  /** Classes on both sides of the table of what was drawn and what was found; absent where nobody
   * compared.
   */
  readonly outcomeOrder?: readonly number[];
  /** Kinds of cells; absent where there is one alone. */
  readonly kinds?: readonly string[];
  readonly verdicts: NonNullable<ReportOptions['verdicts']>;
  readonly orderWords: readonly [string, string];
  /** Charts as data URIs, for light and dark pages. */
  readonly charts: readonly ReportChart[];
  /** True where a server gives `image/<place>`, the whole image, and keeps `marks`. */
  readonly served: boolean;
  /** The folder beside the page that has the pictures of `src` and `whole`, with its slash; empty
   * where these are addresses by themselves.
   */
  readonly pictureFolder: string;
  readonly cells: CellColumns;
  /** A vector of each cell; absent where there are none. */
  readonly vectors?: PageVectors;
}

/** How two models differ, with null for what is not a number. */
export interface PageComparison extends Omit<ReportComparison, 'classes'> {
  readonly classes: readonly {
    readonly name: string;
    readonly boxes: readonly [number, number];
    readonly means: readonly (readonly [number | null, number | null])[];
  }[];
}

/** The cells, a list for each field: a hundred thousand objects would take a page several times the
 * memory.
 */
export interface CellColumns {
  readonly id: readonly string[];
  /** Of their images, as the predictions name them; null when unknown. */
  readonly imageId: readonly (string | number | null)[];
  /** Names of images. */
  readonly image: readonly string[];
  /** A data URI, or a path within `pictureFolder`; null where there is no picture. */
  readonly src: readonly (string | null)[];
  /** The same of whole images, where cells show parts of them; absent where no cell has any. */
  readonly whole?: readonly (string | null)[];
  /** Of the image, in pixels; 0 when unknown. */
  readonly width: readonly number[];
  readonly height: readonly number[];
  /** What the picture shows: x, y, width, height, in pixels of the image; null for the whole. */
  readonly region: readonly (readonly [number, number, number, number] | null)[];
  /** For each strategy the boxes that its numbers come from; one list where they are the same for
   * all.
   */
  readonly deciding: readonly DecidingColumns[];
  /** For each strategy, one for each cell; null for NaN. */
  readonly values: readonly (readonly (number | null)[])[];
  /** The boxes of each cell, one after the other: layer, label or -1, score or -1, xmin, ymin,
   * xmax, ymax, in pixels of the image, which box it is or -1.
   */
  readonly boxes: readonly (readonly number[])[];
  /** The classes of each of these boxes after its best one, best first, as `rivalsText` writes
   * them; null for a cell whose boxes have none, absent where no cell's have any.
   */
  readonly rivals?: readonly (string | null)[];
  /** What the strategies say of each of these boxes, nothing where they were not asked; null for a
   * cell without such boxes, absent where there is no other.
   */
  readonly boxValues?: readonly (readonly (readonly (number | null)[])[] | null)[];
  /** Of each of these boxes, the class that the other side has of the same thing, -1 for nothing
   * and -2 where nobody compared; shorter where the last ones were not compared, null for a cell
   * without compared boxes, absent where there is no other.
   */
  readonly partners?: readonly (readonly number[] | null)[];
  /** What is drawn with the boxes of each cell, null where nothing is; absent where no cell has
   * any. */
  readonly shapes?: readonly (readonly PlacedShape[] | null)[];
  /** Why each cell is there, null where nobody says; absent where that holds for all. */
  readonly reason?: readonly (string | null)[];
  /** How many boxes were found in their images; null where nobody says, absent where nobody says
   * of any.
   */
  readonly numBoxes?: readonly (number | null)[];
  /** Of their images, as places in `folders`; null where it is not known, absent where none is. */
  readonly folder?: readonly (number | null)[];
  readonly folders: readonly string[];
  /** For each column that is brought along one number for each cell, null for none. */
  readonly columns: readonly (readonly (number | null)[])[];
  /** The same of words; absent where there are none. */
  readonly words?: readonly WordColumn[];
  /** The same for each strategy that is `compared`: what the other model says. */
  readonly otherValues: readonly (readonly (number | null)[])[];
  /** Whose box each cell is, as a place in `layers`, null for the first; absent where all are of
   * the first.
   */
  readonly layer?: readonly (number | null)[];
  /** The same as `otherValues`: the boxes of the second layer that these come from; absent where
   * cells are boxes.
   */
  readonly otherDeciding?: readonly (OtherDeciding | null)[];
  /** The boxes that two models both have, as places in the cell's: first, second, first, second;
   * null where a cell was not compared, absent where none was.
   */
  readonly pairs?: readonly (readonly number[] | null)[];
  /** Places in `kinds`; absent where there are none. */
  readonly kind?: readonly (number | null)[];
  /** The label that each cell is about; absent where none is. */
  readonly annotationId?: readonly (string | number | null)[];
}

/** Which box of a cell, in the order of `boxes`, and what is drawn with it. */
export type PlacedShape = readonly [place: number, shape: ReportShape];

/** The box of each cell that its number comes from. */
export interface DecidingColumns {
  /** Which of the image's boxes it is; -1 where there is none. */
  readonly box: readonly number[];
  /** Places in `labels`; -1 where there is none. */
  readonly label: readonly number[];
  readonly second: readonly number[];
  /** 0..1; null where there is none. */
  readonly score: readonly (number | null)[];
  readonly secondScore: readonly (number | null)[];
  /** The box's own number, where the cell's is made of all boxes; else null. */
  readonly value: readonly (number | null)[];
}

/** Words that cells bring along. */
export interface WordColumn {
  /** Each once. */
  readonly values: readonly string[];
  /** Of each cell a place in `values`; null for none. */
  readonly places: readonly (number | null)[];
}

/** Of a cell: for each strategy that is `compared`, which box of the second layer its number comes
 * from, -1 for none, and that box's own number where the cell's is made of all boxes.
 */
export type OtherDeciding = readonly (readonly [box: number, value?: number])[];

/** Stands in `partners` for a box that nobody compared. */
export const notCompared = -2;

/** Numbers of one box in `boxes`. */
export const boxFields = 8;
