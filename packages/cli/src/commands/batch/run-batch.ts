import { resolve } from 'node:path';
import { chooseBatch, rankingNotes, rankPredictions } from '@qualm/selection';
import type { BatchOptions, DiverseBatch, Ranking } from '@qualm/selection';
import { counted, countText } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { namedRanking, optionNames } from '../../options/ranking-options.ts';
import type { RankingOptions } from '../../options/ranking-options.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { readLabelled } from './read-labelled.ts';
import { vectorsOf } from './vectors-of.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { claimList, writeList } from '../../output/write-list.ts';
import type { ListOutput } from '../../output/write-list.ts';

/** What `qualm batch` was asked for. */
export interface BatchCommandOptions extends ListOutput, RankingOptions, DiverseModel {
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
  /** A Parquet file of vectors, the spec of a model that makes them, or `pictures`: for images that
   * differ. */
  readonly diverse?: string | undefined;
  /** How they are picked; `k-center` when absent. */
  readonly diverseBy?: DiverseBatch['method'];
  /** Images to pick those from. */
  readonly candidates?: number | undefined;
}

/** Where the model of `diverse` is, and what it runs on. */
type DiverseModel = Partial<Pick<ModelOptions, 'modelRoot' | 'trackingUri' | 'device'>>;

/** Chooses a batch of images to label from stored predictions, and says why each is in it. */
export async function runBatch(options: BatchCommandOptions, terminal: Terminal): Promise<void> {
  await claimList(options, terminal);
  assertMinimums(options);
  assertDiverse(options);
  const reporter = createReporter(terminal, { json: false });
  const { predictions, count, groupBy, maxPerGroup, quota } = options;
  const group = groupBy === undefined || groupBy === 'folder' ? groupBy : patternOf(groupBy);
  const { signal } = terminal;
  const asked = await namedRanking(options, terminal.cwd);
  const ranking = await rankPredictions(predictions, { ...asked, limit: 0, signal });
  for (const note of rankingNotes(ranking, optionNames)) reporter.note(note);
  const isLabelled =
    options.labelled === undefined ? undefined : await labelledTest(options.labelled, ranking, terminal, reporter);
  const diverse = await diverseBatch(options, ranking, isLabelled, terminal, reporter);
  const { images, unmet, groups } = chooseBatch(ranking, {
    ...options,
    ...{ groupBy: group, quotas: quota, isLabelled, diverse },
  });
  if (groups && groupBy === 'folder' && maxPerGroup === undefined && groups.maxPerGroup > 1) {
    reporter.note(`${counted(groups.count, 'folder')}: up to ${counted(groups.maxPerGroup, 'image')} of each`);
  }
  for (const { class: name, wanted, picked } of unmet) {
    reporter.warn(`class ${name}: ${countText(picked)} of at least ${counted(wanted, 'image')} could be picked`);
  }
  if (images.length < count) {
    reporter.warn(
      `${countText(images.length)} of ${counted(count, 'image')}: the limits, or the ${diverse ? 'candidates (--candidates)' : 'images'}, allow no more`,
    );
  }
  await writeList(images, ranking.choice.imageColumn, options, terminal);
}

/** What images are told apart by; undefined where nobody asks for images that differ. */
async function diverseBatch(
  options: BatchCommandOptions,
  ranking: Ranking,
  isLabelled: BatchOptions['isLabelled'],
  terminal: Terminal,
  reporter: Reporter,
): Promise<BatchOptions['diverse']> {
  const { count, candidates, diverse, diverseBy: method } = options;
  if (diverse === undefined) return undefined;
  const compared = { count, candidates, isLabelled };
  const vectors = await vectorsOf({ ...options, diverse }, ranking, compared, terminal, reporter);
  return { candidates, method, ...vectors };
}

/** Says how many of the labelled images are among the predictions; none is a mistake, which would
 * be left out without a word. */
async function labelledTest(
  path: string,
  { images }: Ranking,
  { cwd }: Terminal,
  reporter: Reporter,
): Promise<NonNullable<BatchOptions['isLabelled']>> {
  const labelled = await readLabelled(resolve(cwd, path));
  const found = Array.from(images).filter(({ image_id, image }) => labelled.has(image_id, image));
  if (found.length === 0)
    throw new UsageError(`--labelled ${path}: has none of the images of the predictions, by their ids or file names`);
  reporter.note(`${counted(found.length, 'image is', 'images are')} labelled already, as ${path} says`);
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

/** A device is no mistake: QUALM_DEVICE and a settings file say it to all commands. */
function assertDiverse(options: BatchCommandOptions): void {
  const { diverse, diverseBy = 'k-center', candidates, quota = {}, groupBy, budget } = options;
  if (diverse === undefined && candidates !== undefined) throw new UsageError('--candidates is for --diverse');
  if (diverse === undefined && options.diverseBy !== undefined) throw new UsageError('--diverse-by is for --diverse');
  if (diverseBy !== 'k-center' && (options.quota ?? groupBy ?? budget) !== undefined)
    throw new UsageError(
      `--diverse-by ${diverseBy}: does not go with --group-by, --quota or --budget; --diverse-by k-center does`,
    );
  if (diverse !== undefined && Object.values(quota).some(({ min }) => min > 0))
    throw new UsageError('--diverse goes with quotas that have no minimum: --quota class=max');
}

function assertMinimums({ quota = {}, count }: BatchCommandOptions): void {
  const sum = Object.values(quota).reduce((total, { min }) => total + min, 0);
  if (sum > count) throw new UsageError(`--quota: the minimums add up to ${sum}; --count is ${count}`);
}
