import type { ReportOptions as PageOptions } from '@qualm/report';
import { assertText, wrongArgument } from '@qualm/types';
import { assertAsked, assertCount, assertSource } from '../assert-arguments.ts';
import type { AskedRanking } from '../choose/choose-ranking.ts';
import type { EmptyPolicy, OptionNames } from '../choose/ranking-notes.ts';
import { assertChosen } from '../scan/chosen-images.ts';
import type { ChosenImages } from '../scan/chosen-images.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';
import type { PageCell } from './page-cell.ts';
import type { Cell } from './cell.ts';
import type { CellKind } from './report-cells.ts';

/** What is in a report. */
export interface ReportOptions extends AskedRanking {
  /** What a cell is. Default box. */
  readonly by?: CellKind | undefined;
  /** Cells, the least sure ones. Default 1000. */
  readonly cells?: number | undefined;
  /** Keeps the first `cells` by each strategy that the page can be sorted by, and not only by the
   * one that it is ranked by. Default false.
   */
  readonly byEach?: boolean | undefined;
  /** Predictions of another model, of the same images; drawn beside. */
  readonly against?: PredictionSource | undefined;
  /** Ranks by how little the other model found of the same, instead of by the strategy. */
  readonly byDisagreement?: boolean | undefined;
  /** Which images, or boxes, are in it, and why; all of them when absent. */
  readonly only?: ChosenImages | undefined;
  /** A COCO instances file with what people drew; drawn beside, and counted in charts. */
  readonly coco?: string | undefined;
  /** Where images without a box come, or the number that they get. Default last. */
  readonly empty?: EmptyPolicy | undefined;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  readonly title?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What notes call the options. */
  readonly optionNames?: OptionNames | undefined;
}

/** What a report shows: for the file, the folder and the server alike. */
export interface ReportContents {
  /** Least sure first, with all that is known of each. */
  readonly cells: readonly Cell[];
  /** The same as the page takes them. */
  readonly pageCells: readonly PageCell[];
  readonly pageOptions: PageOptions;
  /** What the user should know: how the ranking was chosen, what a threshold left out. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** @throws RangeError for an option that is not as it should be. */
export function assertReportOptions(where: string, options: ReportOptions): void {
  assertAsked(where, options);
  const { by, cells, against, coco } = options;
  if (by !== undefined && by !== 'box' && by !== 'image') throw wrongArgument(where, 'by', by, "'box' or 'image'");
  assertCount(where, 'cells', cells);
  if (against !== undefined) assertSource(where, against, 'against');
  assertChosen(where, options.only);
  if (coco !== undefined) assertText(where, 'coco', coco, "a COCO file, such as 'instances.json'");
}
