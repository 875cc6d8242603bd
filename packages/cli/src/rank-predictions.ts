import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { readPredictionShards } from '@qualm/datasets';
import type { ImageIdType, PredictionTable } from '@qualm/datasets';
import { aggregateBoxes, explode, rank, score } from '@qualm/pipeline';
import type { Label, Strategy } from '@qualm/types';
import type { RankingChoice } from './choose-ranking.ts';
import { decidingColumns } from './deciding-columns.ts';
import { UsageError } from './exit-code.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { boxListColumns, imageListColumns } from './list-columns.ts';
import type { ListColumns } from './list-columns.ts';
import { createTally } from './tally.ts';
import type { Failure, TallyCounter } from './tally.ts';

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
  const { strategy, imageColumn, imageOrder } = choice;
  const ties = seed === undefined ? {} : { seed };
  const by = { by: strategy.name, order: strategy.order, ...ties };
  let detections: ColumnTable | null = null;
  const images: ColumnTable[] = [];
  let set: Pick<PredictionTable, 'labels' | 'form' | 'imageIdType'> | null = null;
  const counts = { images: 0, boxes: 0, belowMinScore: 0, withoutBoxes: 0, notANumber: 0 };
  const tally = createTally();
  const warnings: string[] = [];
  for await (const shard of readPredictionShards(folder, { onWarning: (text) => warnings.push(text) })) {
    assertNotInterrupted(signal);
    set = shard;
    const boxes = scoredBoxes(shard, choice);
    counts.images += shard.length;
    countFailures(shard, tally);
    counts.boxes += boxes.numRows();
    counts.belowMinScore += shard.columns.detections.boxes.length / 4 - boxes.numRows();
    counts.notANumber += countNaN(boxes.array(strategy.name) as ArrayLike<number>);
    const listed = boxes.select(aq.not('row', ownColumn)).reify();
    detections = rank(append(detections, listed), { ...by, limit }).select(aq.not('rank'));
    const shardImages = imageTable(shard, boxes, options);
    counts.withoutBoxes += countEmpty(shardImages);
    images.push(shardImages);
  }
  const [first, ...others] = images;
  if (!detections || !first || !set) throw new UsageError(`${folder}: holds no predictions`);
  if (counts.boxes > 0 && counts.notANumber === counts.boxes) {
    throw new UsageError(
      `--strategy: ${strategy.name} gives NaN for each of the ${counts.boxes} boxes; nothing can be ranked`,
    );
  }
  const { failed, failures } = tally;
  const ranked = rank(first.concat(others).reify(), { by: keyColumn, order: imageOrder, ...ties });
  return {
    detections: rank(detections, { ...by, limit }),
    images: ranked.select(aq.not(keyColumn)).reify(),
    ...{ choice, empty },
    columns: {
      detections: boxListColumns({ ...set, strategy: strategy.name }),
      images: imageListColumns({ ...set, strategy: strategy.name, imageColumn }),
    },
    imageIdType: set.imageIdType,
    labels: set.labels,
    counts: { ...counts, failed },
    failures,
    warnings,
  };
}

/** What is aggregated of a box, and where an image comes: columns that no list has. */
const ownColumn = ' of the box';
const keyColumn = ' place';

function countNaN(values: ArrayLike<number>): number {
  let found = 0;
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) found++;
  return found;
}

function countEmpty(images: ColumnTable): number {
  const boxes = images.array('boxes') as ArrayLike<number>;
  const errors = images.array('error') as ArrayLike<string | null>;
  let found = 0;
  for (let row = 0; row < boxes.length; row++) if (boxes[row] === 0 && errors[row] === null) found++;
  return found;
}

function countFailures({ columns }: PredictionTable, tally: TallyCounter): void {
  let row = 0;
  for (const error of columns.error) {
    const image_id = columns.image_id.at(row++)!;
    if (error) tally.add({ image_id, detections: null, error });
  }
}

function append(before: ColumnTable | null, more: ColumnTable): ColumnTable {
  return before ? before.concat(more).reify() : more;
}

function scoredBoxes({ columns, labels, form }: PredictionTable, choice: RankingChoice): ColumnTable {
  const { strategy, minScore, ofBox } = choice;
  const images = aq.table({
    row: Uint32Array.from({ length: columns.image_id.length }, (_, row) => row),
    image_id: columns.image_id,
    image: Array.from(columns.image, (image) => image?.uri ?? null),
    detections: columns.detections,
  });
  const exploded = explode(images, 'detections', { labels });
  const boxes = exploded.assign(aq.table({ box_index: boxIndices(exploded.array('row') as ArrayLike<number>) }));
  const scored =
    form === 'detections' ? scoredByConfidence(boxes, strategy, minScore) : scoredByClasses(boxes, strategy, minScore);
  return scored.derive({ [ownColumn]: aq.escape((row: Record<string, number>) => ofBox(row[strategy.name]!)) }).reify();
}

/** Which of its image's boxes each is, as they are stored. */
function boxIndices(rows: ArrayLike<number>): Int32Array {
  let first = 0;
  return Int32Array.from(rows, (row, box) => {
    if (row !== rows[first]) first = box;
    return box - first;
  });
}

function listedOf(...classes: readonly string[]): string[] {
  return ['row', 'image_id', 'image', 'box_index', 'box', ...classes];
}

function scoredByClasses(boxes: ColumnTable, strategy: Strategy, minScore: number): ColumnTable {
  const sure = boxes.filter(aq.escape((row: { scores: Float32Array }) => (row.scores[0] ?? 0) >= minScore)).reify();
  return score(sure, strategy)
    .derive({
      label: aq.escape((row: { labels: string[] }) => row.labels[0]),
      score: aq.escape((row: { scores: Float32Array }) => row.scores[0]),
      second_label: aq.escape((row: { labels: string[] }) => row.labels[1] ?? null),
      second_score: aq.escape((row: { scores: Float32Array }) => row.scores[1] ?? null),
    })
    .select(...listedOf('label', 'score', 'second_label', 'second_score'), strategy.name);
}

function scoredByConfidence(boxes: ColumnTable, strategy: Strategy, minScore: number): ColumnTable {
  return boxes
    .filter(aq.escape((row: { score: number }) => row.score >= minScore))
    .derive({ [strategy.name]: aq.escape((row: { score: number }) => strategy.score([row.score])) })
    .select(...listedOf('label', 'score'), strategy.name);
}

function imageTable({ columns }: PredictionTable, boxes: ColumnTable, { choice, empty }: RankOptions): ColumnTable {
  const { strategy, aggregation: how, boxOrder, imageColumn } = choice;
  const { length } = columns.image_id;
  const deciding = decidingColumns(boxes, length, strategy, how);
  const images = aq.table({
    row: Uint32Array.from({ length }, (_, row) => row),
    image_id: columns.image_id,
    image: Array.from(columns.image, (image) => image?.uri ?? null),
    width: columns.width,
    height: columns.height,
    ...deciding,
    detections: columns.detections,
    error: Array.from(columns.error, (error) => error?.message ?? null),
  });
  const aggregated = aggregateBoxes(images, boxes, {
    by: ownColumn,
    order: boxOrder,
    as: imageColumn,
    how,
    empty,
    on: 'row',
  });
  return placed(aggregated, choice, empty)
    .select('image_id', 'image', 'width', 'height', ...Object.keys(deciding), imageColumn, 'error', keyColumn)
    .reify();
}

/** An image whose boxes have NaN comes after all numbers, and before images without a box that are to come last. These have a place in the
 * list where a word put them there, and no number. */
function placed(
  images: ColumnTable,
  { imageColumn, imageOrder }: RankingChoice,
  empty: RankOptions['empty'],
): ColumnTable {
  const afterNumbers = imageOrder === 'ascending' ? Number.MAX_VALUE : -Number.MAX_VALUE;
  type Row = { readonly boxes: number } & Readonly<Record<string, number>>;
  const key = (row: Row): number =>
    row.boxes > 0 && Number.isNaN(row[imageColumn]) ? afterNumbers : row[imageColumn]!;
  const number = (row: Row): number => (row.boxes === 0 && typeof empty === 'string' ? NaN : row[imageColumn]!);
  return images.derive({ [keyColumn]: aq.escape(key) }).derive({ [imageColumn]: aq.escape(number) });
}
