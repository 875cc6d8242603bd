import { resolve } from 'node:path';
import { boxErrors, errorReportOf, rankLabelledImages, readLabelledImages } from '@qualm/selection';
import type { BoxErrorOptions } from '@qualm/selection';
import { assertNotInterrupted } from '../../terminal/interrupted.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import { claimList, writeList } from '../../output/write-list.ts';
import type { ListOutput } from '../../output/write-list.ts';

/** What `qualm errors` was asked for. */
export interface ErrorsCommandOptions extends ListOutput, BoxErrorOptions {
  readonly predictions: string;
  readonly coco: string;
  readonly level: 'boxes' | 'images';
  readonly limit: number;
  /** An HTML file, or a folder, for the page of the list. */
  readonly report?: string | undefined;
  /** Megabytes of sharp pictures in it. */
  readonly pictureBudget: number;
}

/** Compares stored predictions with the annotations of a COCO file, and writes what is likely wrong
 * with these.
 */
export async function runErrors(options: ErrorsCommandOptions, terminal: Terminal): Promise<void> {
  const { predictions, coco, level, limit, errors, maxQuality, highScore, lowScore } = options;
  if (options.report !== undefined && level === 'images')
    throw new UsageError('--report: is a page of boxes; leave out --level images');
  const page = options.report === undefined ? null : resolve(terminal.cwd, options.report);
  await claimList(options, terminal);
  const { claimPage, storePage } = await import('../../output/write-report.ts');
  if (page !== null) await claimPage(page, options);
  const reporter = createReporter(terminal, { json: false });
  const labelled = await readLabelledImages(predictions, resolve(terminal.cwd, coco));
  assertNotInterrupted(terminal.signal);
  for (const warning of labelled.warnings) reporter.warn(warning);
  const scores = {
    ...(highScore !== undefined && { highScore }),
    ...(lowScore !== undefined && { lowScore }),
  };
  const kinds = { ...(errors && { errors }), ...(maxQuality !== undefined && { maxQuality }) };
  if (level === 'images') {
    return writeList(rankLabelledImages(labelled, scores).slice(0, limit), 'quality', options, terminal);
  }
  const list = boxErrors(labelled, { ...kinds, ...scores }).slice(0, limit);
  if (page !== null) {
    const contents = await errorReportOf(predictions, labelled, list, { cells: limit, signal: terminal.signal });
    await storePage(page, contents, { ...options, by: 'error' }, { reporter, signal: terminal.signal });
  }
  await writeList(list, 'quality', options, terminal);
}
