import { resolve } from 'node:path';
import { chooseBatch, rankingNotes, rankPredictions } from '@qualm/selection';
import type { BatchOptions, Ranking } from '@qualm/selection';
import { UsageError } from '../../terminal/exit-code.ts';
import { namedRanking, optionNames } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import { readLabelled } from './read-labelled.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { claimList, writeList } from '../../output/write-list.ts';
import type { ListOutput } from '../../output/write-list.ts';

/** What `qualm batch` was asked for. */
export interface BatchCommandOptions extends ListOutput, RankingOptions {
  readonly count: number;
  /** `folder`, or a regular expression that finds the group in an image's address. */
  readonly groupBy?: string | undefined;
  /** When absent 1; of folders, as many as fill the batch from all of them. */
  readonly maxPerGroup?: number | undefined;
  readonly balance?: true | undefined;
  /** Least and most images of a class. */
  readonly quota?: Readonly<Record<string, { readonly min: number; readonly max: number }>> | undefined;
  readonly budget?: number | undefined;
  readonly costPerImage: number;
  readonly costPerBox: number;
  /** A file that names images which are labelled already: ids one a line, marks or CSV of the page,
   * or COCO.
   */
  readonly labelled?: string | undefined;
}

/** Chooses a batch of images to label from stored predictions, and says why each is in it. */
export async function runBatch(options: BatchCommandOptions, terminal: Terminal): Promise<void> {
  await claimList(options, terminal);
  assertMinimums(options);
  const reporter = createReporter(terminal, { json: false });
  const { predictions, count, groupBy, maxPerGroup, quota } = options;
  const group = groupBy === undefined || groupBy === 'folder' ? groupBy : patternOf(groupBy);
  const { signal } = terminal;
  const asked = await namedRanking(options, terminal.cwd);
  const ranking = await rankPredictions(predictions, { ...asked, limit: 0, signal });
  for (const note of rankingNotes(ranking, optionNames)) reporter.note(note);
  const isLabelled =
    options.labelled === undefined ? undefined : await labelledTest(options.labelled, ranking, terminal, reporter);
  const { images, unmet, groups } = chooseBatch(ranking, { ...options, groupBy: group, quotas: quota, isLabelled });
  if (groups && groupBy === 'folder' && maxPerGroup === undefined && groups.maxPerGroup > 1) {
    const folders = groups.count === 1 ? 'folder' : 'folders';
    reporter.note(`${groups.count} ${folders}: up to ${groups.maxPerGroup} images of each`);
  }
  for (const { class: name, wanted, picked } of unmet) {
    reporter.warn(`class ${name}: ${picked} of at least ${wanted} images could be picked`);
  }
  if (images.length < count) {
    reporter.warn(`${images.length} of ${count} images: the limits, or the images, allow no more`);
  }
  await writeList(images, options, terminal);
}

/** Says how many of the labelled images are among the predictions; none is a mistake, which would
 * be left out without a word. */
async function labelledTest(
  path: string,
  { images, imageIdType }: Ranking,
  { cwd }: Terminal,
  reporter: Reporter,
): Promise<NonNullable<BatchOptions['isLabelled']>> {
  const labelled = await readLabelled(resolve(cwd, path), imageIdType === 'int64');
  const found = Array.from(images).filter(({ image_id, image }) => labelled.has(image_id, image));
  if (found.length === 0)
    throw new UsageError(`--labelled ${path}: has none of the images of the predictions, by their ids or file names`);
  reporter.note(`${found.length} images are labelled already, as ${path} says`);
  return ({ image_id, image }) => labelled.has(image_id, image);
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (cause) {
    throw new UsageError(`--group-by: "${text}" is neither folder nor a regular expression: ${String(cause)}`, {
      cause,
    });
  }
}

function assertMinimums({ quota = {}, count }: BatchCommandOptions): void {
  const sum = Object.values(quota).reduce((total, { min }) => total + min, 0);
  if (sum > count) throw new UsageError(`--quota: the minimums add up to ${sum}; --count is ${count}`);
}
