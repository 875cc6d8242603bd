import { join } from 'node:path';
import { drawSelection, sheetName } from './draw-selection.ts';
import { assertGates } from './gates.ts';
import type { Gate } from './gates.ts';
import { labelFonts } from './label-fonts.ts';
import { openSource } from './open-images.ts';
import type { ImageOptions } from './open-images.ts';
import { openModel } from './open-model.ts';
import type { ModelOptions } from './open-model.ts';
import { claimFiles } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import { assertFolderFree, openPredictionFolder, predictImages } from './predict-images.ts';
import type { FolderOptions } from './predict-images.ts';
import { rankAsAsked } from './rank-as-asked.ts';
import type { RankingOptions } from './rank-as-asked.ts';
import { reportPlan } from './report-plan.ts';
import { readReport } from './report/read-report.ts';
import { writeReport } from './report/write-report.ts';
import type { Reporter } from './reporter.ts';
import { resolveStrategy } from './strategies.ts';
import { showInline } from './show-inline.ts';
import { summarize } from './summary.ts';
import type { InlineChoice } from './terminal-graphics.ts';
import type { Terminal } from './terminal.ts';
import { withModel } from './with-model.ts';
import { selectionFiles, writeSelection } from './write-selection.ts';

/** What `qualm select` was asked for. */
export interface SelectOptions extends ImageOptions, ModelOptions, FolderOptions, RankingOptions, OverwriteOptions {
  readonly top: number;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly rows: number;
  /** Boxes in the report; 0 for none. */
  readonly reportCells: number;
  readonly out: string;
  /** Leaves text in CSV as it is, formulas too. */
  readonly raw?: true | undefined;
  readonly inline: InlineChoice;
  readonly strict?: true | undefined;
  readonly failOn?: Gate | undefined;
  readonly dryRun?: true | undefined;
  readonly json?: true | undefined;
}

const reportName = 'report.html';

/** The whole job: predict, rank, write the lists, draw the first images, write the report, say what was found. */
export async function selectImages(options: SelectOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  if (options.strategy !== undefined) await resolveStrategy(options.strategy, terminal.cwd);
  const { out, predictions, rows, top, dryRun, batchSize, font, force } = options;
  if (!dryRun) {
    await assertFolderFree(predictions, options);
    await claimFiles([...Object.values(selectionFiles(out)), join(out, sheetName), join(out, reportName)], options);
  }
  await labelFonts([], font);
  const source = await openSource(options, terminal, reporter);
  const run = await withModel(openModel(options, 'class_scores', terminal, reporter), async (model) => {
    if (dryRun) return reportPlan(source, model, out, reporter);
    const opened = await openPredictionFolder(predictions, model, source, options, terminal.signal);
    return predictImages(source, model, opened, { signal: terminal.signal, reporter, resumable: true, batchSize });
  });
  if (!run) return;
  const { signal } = terminal;
  const ranking = await rankAsAsked(options, rows, terminal);
  const files = await writeSelection(out, ranking, options);
  const pictures = await drawSelection(out, predictions, ranking, { top, font, force, signal });
  const report = await reportSelection(options, terminal, reporter);
  for (const line of summarize(ranking, run)) reporter.note(line);
  for (const warning of pictures.warnings) reporter.warn(warning);
  await showInline(pictures.contactSheet, terminal, options.inline);
  reporter.note(`\nlook at ${report ?? pictures.contactSheet ?? files.images}`);
  const { failures } = ranking;
  const { passedOver } = source;
  await reporter.result({ ...run, ...ranking.counts, failures, passedOver, files: { ...files, ...pictures, report } });
  assertGates(options, { ...ranking.counts, warned: run.warned });
}

/** The page to explore what was found; null where nobody wants one. */
async function reportSelection(options: SelectOptions, terminal: Terminal, reporter: Reporter): Promise<string | null> {
  const { out, predictions, strategy, aggregate, minScore, seed, reportCells, force } = options;
  if (reportCells === 0) return null;
  const contents = { predictions, by: 'box', strategy, aggregate, minScore, seed, cells: reportCells } as const;
  const { cells, options: shown } = await readReport(contents, terminal);
  const { signal } = terminal;
  return (await writeReport(join(out, reportName), cells, shown, { reporter, signal, force })).out;
}
