import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { storedCellVectors } from '../../input/report-vectors.ts';
import { claimFiles } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { reportContents } from './report-contents.ts';
import type { AskedReport } from './report-contents.ts';
import { reportPath, writeReport } from '../../output/write-report.ts';

/** What `qualm report` was asked for. */
export interface ReportCommandOptions extends AskedReport, OverwriteOptions {
  readonly out: string;
  /** A Parquet file of vectors, `pictures` or `none`. */
  readonly embeddings: string;
  readonly json?: true | undefined;
}

/** As many cells as one file opens quickly with. */
const mostInOneFile = 5000;

/** Writes the report of stored predictions. */
export async function runReport(options: ReportCommandOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  await claimFiles([reportPath(options.out)], options);
  const { pageCells: cells, pageOptions: shown, warnings, notes } = await reportContents(options, terminal);
  for (const warning of warnings) reporter.warn(warning);
  for (const note of notes) reporter.note(note);
  const vectors = await storedCellVectors(options.embeddings, cells, terminal, reporter);
  const pageOptions = vectors === undefined ? shown : { ...shown, vectors };
  const { signal } = terminal;
  const { out, missing, bytes } = await writeReport(options.out, cells, pageOptions, {
    ...{ reporter, signal, force: options.force },
  });
  const things = options.by === 'box' ? 'boxes' : 'images';
  if (missing > 0) reporter.warn(`${missing} ${things} have no picture: their images cannot be opened any more`);
  if (cells.length > mostInOneFile && out === options.out)
    reporter.warn(`${cells.length} ${things} in one file are slow to open; a folder is not: --out report`);
  reporter.note(`${cells.length} ${things}, ${(bytes / 1e6).toFixed(1)} MB; open ${out}`);
  await reporter.result({ out, cells: cells.length, missing });
}
