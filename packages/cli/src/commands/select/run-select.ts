import { join } from 'node:path';
import { labelFonts, rankAndReport } from '@qualm/selection';
import type { ReportContents } from '@qualm/selection';
import { readChosen } from '../../input/chosen-images.ts';
import type { ChosenLists } from '../../input/chosen-images.ts';
import { drawPictures, sheetName } from '../../output/draw-pictures.ts';
import { assertGates } from '../../output/gates.ts';
import type { Gate } from '../../output/gates.ts';
import { openSource } from '../../input/open-images.ts';
import type { ImageOptions } from '../../input/open-images.ts';
import { openModel } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { claimFiles } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { assertFolderFree, openPredictionFolder, predictImages } from '../../predict/predict-images.ts';
import type { FolderOptions } from '../../predict/predict-images.ts';
import { namedRanking } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import { reportPlan } from '../../predict/report-plan.ts';
import { writeReport } from '../../output/write-report.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import { resolveStrategy } from '../../options/strategies.ts';
import { showInline } from '../../output/show-inline.ts';
import { summarize } from './summary.ts';
import type { InlineChoice } from '../../output/terminal-graphics.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { withModel } from '../../input/with-model.ts';
import { selectionFiles, writeSelection } from './write-selection.ts';

/** What `qualm select` was asked for. */
export interface SelectOptions
  extends ImageOptions, ModelOptions, FolderOptions, RankingOptions, ChosenLists, OverwriteOptions {
  readonly top: number;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly rows: number;
  /** Boxes in the report; 0 for none. */
  readonly reportCells: number;
  /** Megabytes of sharp pictures in it. */
  readonly pictureBudget: number;
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

/** The whole job: predict, rank, write the lists, draw the first images, write the report, say what
 * was found.
 */
export async function selectImages(options: SelectOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  if (options.strategy !== undefined) await resolveStrategy(options.strategy, terminal.cwd);
  const { out, predictions, rows, top, dryRun, batchSize, font, force } = options;
  if (!dryRun) {
    await assertFolderFree(predictions, options);
    await claimFiles([...Object.values(selectionFiles(out)), join(out, sheetName), join(out, reportName)], options);
  }
  const only = await readChosen(options, terminal);
  await labelFonts([], font);
  const source = await openSource(options, terminal, reporter);
  const run = await withModel(openModel(options, 'fullest', terminal, reporter), async (model) => {
    if (dryRun) return reportPlan(source, model, out, reporter);
    const opened = await openPredictionFolder(predictions, model, source, options, terminal.signal);
    return predictImages(source, model, opened, { signal: terminal.signal, reporter, resumable: true, batchSize });
  });
  if (!run) return;
  const { signal } = terminal;
  const asked = await namedRanking(options, terminal.cwd);
  const { ranking, report: contents } = await rankAndReport(predictions, {
    ...{ ...asked, limit: rows, pictures: top, only, signal },
    ...(options.reportCells > 0 && { report: { by: 'box', cells: options.reportCells } }),
  });
  const files = await writeSelection(out, ranking, options);
  const pictures = await drawPictures(out, ranking, { font, force, signal });
  const report = contents && (await storeReport(contents, options, terminal, reporter));
  const columns = terminal.stderr.isTTY ? terminal.stderr.columns || 80 : Infinity;
  for (const line of summarize(ranking, run, columns)) reporter.note(line);
  for (const warning of only?.warnings() ?? []) reporter.warn(warning);
  for (const warning of pictures.warnings) reporter.warn(warning);
  await showInline(pictures.contactSheet, terminal, options.inline);
  reporter.note(`\nlook at ${report ?? pictures.contactSheet ?? files.images}`);
  const { failures } = ranking;
  const { passedOver } = source;
  await reporter.result({ ...run, ...ranking.counts, failures, passedOver, files: { ...files, ...pictures, report } });
  assertGates(options, { ...ranking.counts, warned: run.warned });
}

async function storeReport(
  { pageCells, pageOptions }: ReportContents,
  { out, force, pictureBudget }: SelectOptions,
  { signal }: Terminal,
  reporter: Reporter,
): Promise<string> {
  return (await writeReport(join(out, reportName), pageCells, pageOptions, { reporter, signal, force, pictureBudget }))
    .out;
}
