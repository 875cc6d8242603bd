import { dirname, resolve } from 'node:path';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { selectBatch } from '@qualm/strategies';
import type { BatchSelection, SelectBatchOptions } from '@qualm/strategies';
import type { Column } from '@qualm/types';
import { evenShare } from './even-share.ts';
import { UsageError } from './exit-code.ts';
import { imageName } from './image-name.ts';
import { batchColumns } from './list-columns.ts';
import { boxWords } from './box-words.ts';
import type { DecidedRow } from './box-words.ts';
import { rankAsAsked } from './rank-as-asked.ts';
import type { RankingOptions } from './rank-as-asked.ts';
import type { Ranking } from './rank-predictions.ts';
import { readLabelled } from './read-labelled.ts';
import type { Labelled } from './read-labelled.ts';
import { rankingNotes } from './ranking-notes.ts';
import { createReporter } from './reporter.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';
import { claimList, writeTable } from './write-table.ts';
import type { TableOutput } from './write-table.ts';

/** What `qualm batch` was asked for. */
export interface BatchCommandOptions extends TableOutput, RankingOptions {
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
  /** A file that names images which are labelled already: ids one a line, marks or CSV of the page, or COCO. */
  readonly labelled?: string | undefined;
}

/** Chooses a batch of images to label from stored predictions, and says why each is in it. */
export async function runBatch(options: BatchCommandOptions, terminal: Terminal): Promise<void> {
  await claimList(options, terminal);
  assertMinimums(options);
  const reporter = createReporter(terminal, { json: false });
  const ranking = await rankAsAsked(options, 1, terminal);
  for (const note of rankingNotes(ranking)) reporter.note(note);
  const { images } = ranking;
  const { imageColumn, imageOrder } = ranking.choice;
  const labelled =
    options.labelled === undefined
      ? null
      : await readLabelled(resolve(terminal.cwd, options.labelled), ranking.imageIdType === 'int64');
  if (labelled) tellOfLabelled(labelled, images, options.labelled!, reporter);
  const values = valuesOf(ranking);
  const context = contextOf(images, values, options, labelled);
  if (options.groupBy === 'folder' && options.maxPerGroup === undefined && context.maxPerGroup! > 1) {
    const folders = new Set(context.groups as readonly string[]).size;
    reporter.note(`${folders} ${folders === 1 ? 'folder' : 'folders'}: up to ${context.maxPerGroup} images of each`);
  }
  const batch = selectBatch({ name: imageColumn, order: imageOrder, values }, context);
  for (const { class: name, wanted, picked } of batch.unmet) {
    reporter.warn(`class ${name}: ${picked} of at least ${wanted} images could be picked`);
  }
  if (batch.rows.length < options.count) {
    reporter.warn(`${batch.rows.length} of ${options.count} images: the limits, or the images, allow no more`);
  }
  const columns = batchColumns(ranking.columns.images, {
    ...{ hasGroups: context.groups !== undefined, hasCosts: context.costs !== undefined },
  });
  await writeTable(batchTable(ranking, batch, context, Object.keys(columns)), columns, options, terminal);
}

/** The numbers of the images; after them images whose boxes have none, and before or after all of these images without a box, where a word
 * says so. */
function valuesOf({ images, choice: { imageColumn, imageOrder }, empty }: Ranking): Float64Array {
  const boxes = columnOf<number>(images, 'boxes');
  const errors = columnOf<string | null>(images, 'error');
  const last = imageOrder === 'descending' ? -1 : 1;
  const ofNothing = (empty === 'first' ? -last : last) * Infinity;
  return Float64Array.from(columnOf<number>(images, imageColumn), (value, row) => {
    if (!Number.isNaN(value) || errors.at(row) !== null) return value;
    return boxes.at(row) === 0 ? ofNothing : last * Number.MAX_VALUE;
  });
}

function contextOf(
  images: ColumnTable,
  values: Float64Array,
  options: BatchCommandOptions,
  labelled: Labelled | null,
): SelectBatchOptions {
  const { count, seed, groupBy, balance, quota, budget, costPerImage, costPerBox } = options;
  const ids = columnOf<string | number>(images, 'image_id');
  const boxes = columnOf<number>(images, 'boxes');
  const addresses = columnOf<string | null>(images, 'image');
  const done = (row: number): boolean => labelled?.has(ids.at(row)!, addresses.at(row) ?? null) ?? false;
  const groups = groupBy === undefined ? [] : groupsOf(images, groupBy);
  const pickable = groups.filter((_, row) => !Number.isNaN(values[row]) && !done(row));
  const share = groupBy === 'folder' ? evenShare(pickable, count) : 1;
  return {
    ...{ count, ids },
    ...(seed === undefined ? {} : { seed }),
    ...(groupBy === undefined ? {} : { groups, maxPerGroup: options.maxPerGroup ?? share }),
    ...(balance || quota ? { classes: columnOf<string | null>(images, 'label') } : {}),
    ...(balance ? { balance } : {}),
    ...(quota ? { quotas: quota } : {}),
    ...(budget === undefined ? {} : { budget, costs: Array.from(boxes, (n) => costPerImage + costPerBox * n) }),
    ...(labelled ? { labelled: Array.from(ids, (_, row) => row).filter(done) } : {}),
  };
}

/** Says how many of the labelled images are among the predictions; none is a mistake, which would be left out without a word. */
function tellOfLabelled(labelled: Labelled, images: ColumnTable, path: string, reporter: Reporter): void {
  const addresses = columnOf<string | null>(images, 'image');
  const found = columnOf<string | number>(images, 'image_id').filter((id, row) => labelled.has(id, addresses[row]!));
  if (found.length === 0)
    throw new UsageError(`--labelled ${path}: has none of the images of the predictions, by their ids or file names`);
  reporter.note(`${found.length} images are labelled already, as ${path} says`);
}

/** The group of each image: its folder, or what a pattern finds in its address; null, a group of its own, where it finds nothing. */
function groupsOf(images: ColumnTable, groupBy: string): (string | null)[] {
  const ids = columnOf<string | number>(images, 'image_id');
  const addresses = Array.from(columnOf<string | null>(images, 'image'), (uri, row) => uri ?? String(ids.at(row)));
  if (groupBy === 'folder') return addresses.map((address) => dirname(address));
  const pattern = patternOf(groupBy);
  return addresses.map((address, row) => {
    const found = pattern.exec(imageName(address, ids.at(row)!)) ?? pattern.exec(address);
    return found ? (found[1] ?? found[0]) : null;
  });
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

function batchTable(
  { images, choice }: Ranking,
  batch: BatchSelection,
  { groups, costs }: SelectBatchOptions,
  names: readonly string[],
): ColumnTable {
  const of = <T>(column: Column<T>): T[] => Array.from(batch.rows, (row) => column.at(row)!);
  const known = images.columnNames().filter((name) => name !== 'rank' && names.includes(name));
  return aq.table({
    rank: Array.from(batch.rows, (_, place) => place + 1),
    ...Object.fromEntries(known.map((name) => [name, of(columnOf(images, name))])),
    ...(groups ? { group: of(groups as readonly unknown[]) } : {}),
    ...(costs ? { cost: of(costs as readonly number[]) } : {}),
    reason: Array.from(batch, ({ row, reason }) => `${reason}; ${boxWords(images.object(row) as DecidedRow, choice)}`),
  });
}

function columnOf<T>(table: ColumnTable, name: string): readonly T[] {
  return Array.from(table.array(name) as Iterable<T>);
}

function assertMinimums({ quota = {}, count }: BatchCommandOptions): void {
  const sum = Object.values(quota).reduce((total, { min }) => total + min, 0);
  if (sum > count) throw new UsageError(`--quota: the minimums add up to ${sum}; --count is ${count}`);
}
