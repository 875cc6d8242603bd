import { resolve } from 'node:path';
import { findBoxErrors, rankLabelledImages } from './find-box-errors.ts';
import type { BoxErrorOptions } from './find-box-errors.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { readLabelledImages } from './labelled-images.ts';
import { boxErrorColumns, labelQualityColumns } from './list-columns.ts';
import { createReporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';
import { claimList, writeTable } from './write-table.ts';
import type { TableOutput } from './write-table.ts';

/** What `qualm errors` was asked for. */
export interface ErrorsCommandOptions extends TableOutput, BoxErrorOptions {
  readonly predictions: string;
  readonly coco: string;
  readonly level: 'boxes' | 'images';
  readonly limit: number;
}

/** Compares stored predictions with the annotations of a COCO file, and writes what is likely wrong with these. */
export async function runErrors(options: ErrorsCommandOptions, terminal: Terminal): Promise<void> {
  const { predictions, coco, level, limit, errors, maxQuality, highScore, lowScore } = options;
  await claimList(options, terminal);
  const reporter = createReporter(terminal, { json: false });
  const labelled = await readLabelledImages(predictions, resolve(terminal.cwd, coco));
  assertNotInterrupted(terminal.signal);
  for (const warning of labelled.warnings) reporter.warn(warning);
  const scores = {
    ...(highScore !== undefined && { highScore }),
    ...(lowScore !== undefined && { lowScore }),
  };
  const [table, columns] =
    level === 'images'
      ? [rankLabelledImages(labelled, scores), labelQualityColumns(labelled)]
      : [findBoxErrors(labelled, { errors, maxQuality, ...scores }), boxErrorColumns(labelled)];
  await writeTable(table.slice(0, limit).reify(), columns, options, terminal);
}
