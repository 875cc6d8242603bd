import { resolve } from 'node:path';
import { boxErrors, rankLabelledImages, readLabelledImages } from '@qualm/selection';
import type { BoxErrorOptions } from '@qualm/selection';
import { assertNotInterrupted } from '../../terminal/interrupted.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { claimList, writeList } from '../../output/write-list.ts';
import type { ListOutput } from '../../output/write-list.ts';

/** What `qualm errors` was asked for. */
export interface ErrorsCommandOptions extends ListOutput, BoxErrorOptions {
  readonly predictions: string;
  readonly coco: string;
  readonly level: 'boxes' | 'images';
  readonly limit: number;
}

/** Compares stored predictions with the annotations of a COCO file, and writes what is likely wrong
 * with these.
 */
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
  const kinds = { ...(errors && { errors }), ...(maxQuality !== undefined && { maxQuality }) };
  const list = level === 'images' ? rankLabelledImages(labelled, scores) : boxErrors(labelled, { ...kinds, ...scores });
  await writeList(list.slice(0, limit), 'quality', options, terminal);
}
