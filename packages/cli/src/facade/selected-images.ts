import { resolve } from 'node:path';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { reportOf } from '@qualm/selection';
import type { PredictionSource, RankOptions, Ranking, ReportOptions } from '@qualm/selection';
import { writeReport } from '../output/write-report.ts';
import type { WrittenReport } from '../output/write-report.ts';

/** What is in the page, and whether it may replace a file of somebody else's. */
export type PageSettings = Pick<ReportOptions, 'by' | 'cells' | 'coco' | 'title'> & { readonly force?: true };

/** A ranking that is also a table and a page. */
export interface SelectedImages extends Ranking {
  /** The predictions: their folder, or a table in memory, for `reportOf` and the like of
   * `@qualm/selection`.
   */
  readonly predictions: PredictionSource;
  /** A list as an Arquero table, with the columns that the command line writes. Default images. */
  toTable(list?: 'images' | 'boxes'): ColumnTable;
  /** Writes the page to explore: one HTML file where `out` ends in `.html`, else a folder.
   * @throws UsageError when the file is there and is not as qualm wrote it.
   */
  report(out: string, settings?: PageSettings): Promise<WrittenReport>;
}

export function createSelectedImages(
  ranking: Ranking,
  predictions: PredictionSource,
  options: Pick<RankOptions, 'strategy' | 'aggregate' | 'minScore' | 'empty' | 'seed' | 'signal'>,
): SelectedImages {
  const { signal = new AbortController().signal } = options;
  const silent = { progress: () => undefined, settle: () => undefined };
  return {
    ...ranking,
    predictions,
    toTable: (list = 'images') => aq.table(ranking[list].columns()),
    async report(out, { force, ...settings } = {}) {
      const { pageCells, pageOptions } = await reportOf(predictions, { cells: 500, ...options, ...settings });
      return writeReport(resolve(out), pageCells, pageOptions, { reporter: silent, signal, force });
    },
  };
}
