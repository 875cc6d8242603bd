import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { readPredictionShards } from '@qualm/datasets';
import type { ImageIdType, PredictionTable } from '@qualm/datasets';
import { topRows } from '@qualm/strategies';
import type { Label } from '@qualm/types';
import type { RankingChoice } from './choose-ranking.ts';
import { UsageError } from './exit-code.ts';
import { imageRows } from './image-rows.ts';
import type { ImageRow } from './image-rows.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { keepBoxes } from './kept-boxes.ts';
import { boxListColumns, imageListColumns } from './list-columns.ts';
import type { ListColumns } from './list-columns.ts';
import { createBoxReader } from './listed-boxes.ts';
import { createTally } from './tally.ts';
import type { Failure, TallyCounter } from './tally.ts';
import { createTopBoxes } from './top-boxes.ts';
import type { TopBox } from './top-boxes.ts';

export interface RankOptions {
  readonly choice: RankingChoice;
  /** Where images without a box come, or the number that they get. */
  readonly empty: 'first' | 'last' | number;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  /** Rows of the ranked list of boxes. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** What was counted while predictions were ranked. */
export interface RankingCounts {
  readonly images: number;
  readonly failed: number;
  /** Boxes that were ranked, and those that `minScore` left out. */
  readonly boxes: number;
  readonly belowMinScore: number;
  /** Images that were predicted and have no box that was ranked. */
  readonly withoutBoxes: number;
  /** Boxes whose number is NaN; they come last, and so do their images. */
  readonly notANumber: number;
}

/** The ranked lists of a set of predictions, and what was counted on the way. */
export interface Ranking {
  readonly detections: ColumnTable;
  /** `box_index`, `label` and the like are of the box that the number comes from, or the least sure one where it is made of all. Images whose boxes have NaN come after all with a number, images without a box after these where
   * `empty` says `last`, and images that failed at the end; all of them have NaN in the column. */
  readonly images: ColumnTable;
  readonly choice: RankingChoice;
  readonly empty: 'first' | 'last' | number;
  /** The columns of both lists, whatever is in them. */
  readonly columns: { readonly detections: ListColumns; readonly images: ListColumns };
  readonly imageIdType: ImageIdType;
  readonly labels: readonly Label[];
  readonly counts: RankingCounts;
  /** The first few. */
  readonly failures: readonly Failure[];
  /** What the reader of the predictions warned of. */
  readonly warnings: readonly string[];
}

/** Ranks what a model said of each image, reading one shard at a time.
 * @throws UsageError when the set holds no predictions, or the strategy gives NaN for every box; QualmError `aborted` by the signal.
 */
export async function rankPredictions(folder: string, options: RankOptions): Promise<Ranking> {
  const { choice, empty, limit, signal, seed } = options;
  const { strategy, imageColumn, imageOrder, minScore } = choice;
  const top = createTopBoxes({ order: strategy.order, limit, seed });
  const images: ImageRow[] = [];
  let set: Pick<PredictionTable, 'labels' | 'form' | 'imageIdType'> | null = null;
  const counts = { boxes: 0, belowMinScore: 0, notANumber: 0 };
  const tally = createTally();
  const warnings: string[] = [];
  for await (const shard of readPredictionShards(folder, { onWarning: (text) => warnings.push(text) })) {
    assertNotInterrupted(signal);
    set = shard;
    countFailures(shard, tally);
    const kept = keepBoxes(shard, strategy, minScore);
    counts.boxes += kept.length;
    counts.belowMinScore += shard.columns.detections.boxes.length / 4 - kept.length;
    counts.notANumber += countNaN(kept.values);
    const reader = createBoxReader(shard);
    top.add(shard, kept, reader);
    for (const row of imageRows(shard, kept, reader, options)) images.push(row);
  }
  if (!set) throw new UsageError(`${folder}: holds no predictions`);
  if (counts.boxes > 0 && counts.notANumber === counts.boxes) {
    throw new UsageError(
      `--strategy: ${strategy.name} gives NaN for each of the ${counts.boxes} boxes; nothing can be ranked`,
    );
  }
  const { failed, failures } = tally;
  const withoutBoxes = images.filter(({ boxes, error }) => boxes === 0 && error === null).length;
  const columns = {
    detections: boxListColumns({ ...set, strategy: strategy.name }),
    images: imageListColumns({ ...set, strategy: strategy.name, imageColumn }),
  };
  return {
    detections: listTable(top.ranked(), columns.detections, { [strategy.name]: ({ value }) => value }),
    images: listTable(rankImages(images, imageOrder, seed), columns.images, {
      [`box_${strategy.name}`]: ({ box }) => box,
      [imageColumn]: ({ value }) => value,
    }),
    ...{ choice, empty, columns },
    imageIdType: set.imageIdType,
    labels: set.labels,
    counts: { images: images.length, ...counts, withoutBoxes, failed },
    failures,
    warnings,
  };
}

function rankImages(
  images: readonly ImageRow[],
  order: RankingChoice['imageOrder'],
  seed: number | undefined,
): readonly ImageRow[] {
  const places = Float64Array.from(images, ({ place }) => place);
  const ids = images.map(({ image_id }) => image_id);
  return Array.from(topRows(places, order, { ids, ...(seed !== undefined && { seed }) }), (row) => images[row]!);
}

/** Rows in their order as a table with these columns, `rank` from 1 among them.
 * @param special columns that a row has under another name. */
function listTable<Row extends TopBox | ImageRow>(
  rows: readonly Row[],
  columns: ListColumns,
  special: Readonly<Record<string, (row: Row) => unknown>>,
): ColumnTable {
  const read = (name: string): ((row: Row, index: number) => unknown) => {
    if (name === 'rank') return (_row, index) => index + 1;
    return special[name] ?? ((row) => row[name as keyof Row]);
  };
  return aq.table(Object.fromEntries(Object.keys(columns).map((name) => [name, rows.map(read(name))])));
}

function countNaN(values: ArrayLike<number>): number {
  let found = 0;
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) found++;
  return found;
}

function countFailures({ columns }: PredictionTable, tally: TallyCounter): void {
  let row = 0;
  for (const error of columns.error) {
    const image_id = columns.image_id.at(row++)!;
    if (error) tally.add({ image_id, detections: null, error });
  }
}
