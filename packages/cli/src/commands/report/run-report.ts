import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { placerOf, storedCellVectors } from '../../input/report-vectors.ts';
import type { MapLayout } from '../../input/report-vectors.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { reportContents } from './report-contents.ts';
import type { AskedReport } from './report-contents.ts';
import { claimPage, storePage } from '../../output/write-report.ts';

/** What `qualm report` was asked for. */
export interface ReportCommandOptions extends AskedReport, OverwriteOptions {
  readonly out: string;
  /** A Parquet file of vectors, `pictures` or `none`. */
  readonly embeddings: string;
  readonly map: MapLayout;
  /** Megabytes of sharp pictures. */
  readonly pictureBudget: number;
  readonly json?: true | undefined;
}

/** Writes the report of stored predictions. */
export async function runReport(options: ReportCommandOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  await claimPage(options.out, options);
  const contents = await reportContents(options, terminal);
  const vectors = await storedCellVectors(options, contents.pageCells, terminal, reporter);
  const place = await placerOf(options.map, reporter);
  const pageOptions =
    vectors === undefined ? contents.pageOptions : { ...contents.pageOptions, vectors: vectors && place(vectors) };
  const { out, cells, missing } = await storePage(options.out, { ...contents, pageOptions }, options, {
    ...{ reporter, place },
    signal: terminal.signal,
  });
  await reporter.result({ out, cells, missing });
}
