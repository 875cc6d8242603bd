import { dirname } from 'node:path';
import { types } from 'node:util';
import { embeddingMatrix, selectBatch } from '@qualm/strategies';
import type { BatchSelection, DiverseChoice, SelectBatchOptions } from '@qualm/strategies';
import { QualmError, assertOptions, assertWhole, wrongArgument } from '@qualm/types';
import { assertRanking } from '../assert-arguments.ts';
import { boxWords } from '../draw/box-words.ts';
import { imageName } from '../draw/image-name.ts';
import type { RankedImage } from '../rank/image-list.ts';
import { batchColumns } from '../rank/list-columns.ts';
import type { Ranking } from '../rank/rank-predictions.ts';
import { rankedList } from '../rank/ranked-list.ts';
import type { RankedList } from '../rank/ranked-list.ts';
import { assertDiverse, comparedImages } from './compared-images.ts';
import type { DiverseBatch } from './compared-images.ts';
import { evenShare } from './even-share.ts';

/** Which images are to be in a batch. */
export interface BatchOptions {
  /** Images wanted. */
  readonly count: number;
  /** `folder`, or what finds the group, such as the video, in an image's name or else in its
   * address: the first capture, or the whole match. */
  readonly groupBy?: 'folder' | RegExp | undefined;
  /** Images of one group at most. When absent 1; of folders, as many as fill the batch from all of
   * them.
   */
  readonly maxPerGroup?: number | undefined;
  /** As many images of each class, as near as can be. */
  readonly balance?: boolean | undefined;
  /** Least and most images of a class, by its name. */
  readonly quotas?: Readonly<Record<string, { readonly min: number; readonly max: number }>> | undefined;
  /** What all images may cost together; each costs `costPerImage` (default 1) and `costPerBox`
   * (default 0).
   */
  readonly budget?: number | undefined;
  readonly costPerImage?: number | undefined;
  readonly costPerBox?: number | undefined;
  /** Says of an image that it is labelled already. */
  readonly isLabelled?: ((image: RankedImage) => boolean) | undefined;
  /** Images that differ, of those of which the model is least sure. */
  readonly diverse?: DiverseBatch | undefined;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
}

/** An image of a batch. */
export interface BatchImage extends RankedImage {
  /** Where there are groups. */
  readonly group?: string | null;
  /** Where there is a budget. */
  readonly cost?: number;
  /** Of a diverse batch by `k-center`: how far from the nearest labelled or picked image, by
   * `metric` (1 minus the cosine of the angle, where nobody says); Infinity for the first.
   */
  readonly distance?: number;
  /** Why it is in the batch, in words. */
  readonly reason: string;
}

/** A batch of images to label. */
export interface Batch {
  readonly images: RankedList<BatchImage>;
  /** Classes of which fewer images could be picked than were wanted. */
  readonly unmet: BatchSelection['unmet'];
  /** The groups of images that could be picked, and how many of each may be in the batch; null
   * without groups.
   */
  readonly groups: { readonly count: number; readonly maxPerGroup: number } | null;
}

/** Chooses a batch of images to label from a ranking of all images, and says why each is in it. An
 * image counts for the class of the box that its number comes from.
 * With `diverse`, each is the one that differs most from those that are labelled or were picked
 * before it, or one that stands for others, of the images of which the model is least sure.
 * @throws QualmError `options-invalid` when the least numbers of images add up to more than
 * `count`; RangeError for a method of `diverse` that does not go with the limits.
 * @example chooseBatch(await rankPredictions('predictions'), { count: 100, groupBy: 'folder' })
 */
export function chooseBatch(ranking: Ranking, options: BatchOptions): Batch {
  assertRanking('chooseBatch', ranking);
  assertOptions('chooseBatch', options, '{ count: 100 }');
  assertWhole('chooseBatch', 'count', options.count, 1);
  assertGroupBy(options.groupBy);
  assertDiverse(options.diverse);
  const { images, choice } = ranking;
  assertMinimums(options);
  const { diverse: differing, count, isLabelled } = options;
  const all = differing
    ? comparedImages(ranking, { count, isLabelled, candidates: differing.candidates })
    : [...images];
  const context = contextOf(all, options);
  const { imageColumn, imageOrder } = choice;
  const values = Float64Array.from(all, ({ place }) => place);
  const picked = selectBatch({ name: imageColumn, order: imageOrder, values }, context);
  const { groups, maxPerGroup, costs, diverse } = context;
  const hasDistances = diverse !== undefined && (differing?.method ?? 'k-center') === 'k-center';
  const rows = Array.from(picked, ({ row, reason, scores }, place): BatchImage => {
    const image = all[row]!;
    return {
      ...image,
      rank: place + 1,
      ...(groups && { group: (groups as readonly (string | null)[])[row]! }),
      ...(costs && { cost: (costs as readonly number[])[row]! }),
      ...(hasDistances && { distance: scores['distance']! }),
      reason: `${ofImages(reason)}; ${boxWords(image, choice)}`,
    };
  });
  const has = { hasGroups: groups !== undefined, hasCosts: costs !== undefined, hasDistances };
  const types = batchColumns(images.types, has);
  return {
    images: rankedList(rows, types, {
      [`box_${choice.strategy.name}`]: ({ box_value }) => box_value,
      [imageColumn]: ({ value }) => value,
    }),
    unmet: picked.unmet,
    groups: groups ? { count: new Set(groups as readonly (string | null)[]).size, maxPerGroup: maxPerGroup! } : null,
  };
}

/** A reason of a strategy, which knows of rows alone, as people say it of images. */
function ofImages(reason: string): string {
  return reason.replace(/\b(picked|drawn|typical|no|\d+) row(s?)\b/g, '$1 image$2');
}

function contextOf(
  images: readonly RankedImage[],
  { count, seed, groupBy, maxPerGroup, balance, quotas, budget, diverse, ...options }: BatchOptions,
): SelectBatchOptions {
  const { costPerImage = 1, costPerBox = 0, isLabelled } = options;
  const labelled = isLabelled ? [...images.keys()].filter((row) => isLabelled(images[row]!)) : [];
  const groups = groupBy === undefined ? [] : images.map((image) => groupOf(image, groupBy));
  const done = new Set(labelled);
  const pickable = groups.filter((_, row) => !Number.isNaN(images[row]!.place) && !done.has(row));
  const share = groupBy === 'folder' ? evenShare(pickable, count) : 1;
  return {
    ...{ count, ids: images.map(({ image_id }) => image_id) },
    ...(seed !== undefined && { seed }),
    ...(groupBy !== undefined && { groups, maxPerGroup: maxPerGroup ?? share }),
    ...((balance || quotas) && { classes: images.map(({ label }) => label) }),
    ...(balance && { balance }),
    ...(quotas && { quotas }),
    ...(budget !== undefined && { budget, costs: images.map(({ boxes }) => costPerImage + costPerBox * boxes) }),
    ...(isLabelled && { labelled }),
    ...(diverse && { diverse: choiceOf(images, diverse) }),
  };
}

/** The folder of an image, or what a pattern finds in its name or address; null, a group of its
 * own, where it finds nothing. */
function groupOf({ image_id, image }: RankedImage, groupBy: 'folder' | RegExp): string | null {
  const address = image ?? String(image_id);
  if (groupBy === 'folder') return dirname(address);
  const found = find(groupBy, imageName(address, image_id)) ?? find(groupBy, address);
  return found ? (found[1] ?? found[0]) : null;
}

/** From the beginning, whatever the pattern's flags. */
function find(pattern: RegExp, text: string): RegExpExecArray | null {
  pattern.lastIndex = 0;
  return pattern.exec(text);
}

function choiceOf(images: readonly RankedImage[], { vectorOf, method, metric }: DiverseBatch): DiverseChoice {
  return {
    ...{ embeddings: embeddingMatrix(images.map((image) => assertVector(vectorOf(image)))), candidates: images.length },
    ...(method !== undefined && { method }),
    ...(metric !== undefined && { metric }),
  };
}

/** A promise, say, which was not awaited, would be an image without a vector. */
function assertVector(value: ArrayLike<number> | null): ArrayLike<number> | null {
  if (value === null || ArrayBuffer.isView(value) || Array.isArray(value)) return value;
  throw wrongArgument('chooseBatch', 'what diverse.vectorOf gives', value, 'a list of numbers, or null');
}

function assertGroupBy(groupBy: unknown): void {
  if (groupBy === undefined || groupBy === 'folder' || types.isRegExp(groupBy)) return;
  throw wrongArgument('chooseBatch', 'groupBy', groupBy, "'folder' or a pattern, such as /^[a-z]+/");
}

function assertMinimums({ quotas = {}, count }: BatchOptions): void {
  const sum = Object.values(quotas).reduce((total, { min }) => total + min, 0);
  if (sum > count)
    throw new QualmError('options-invalid', `quotas: the minimums add up to ${sum}; the count is ${count}`);
}
