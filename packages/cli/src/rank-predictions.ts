import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { readPredictionShards } from '@qualm/datasets';
import type { ImageIdType, PredictionTable } from '@qualm/datasets';
import { aggregateBoxes, explode, rank, score } from '@qualm/pipeline';
import { binary } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import type { Label, RankOrder, Strategy } from '@qualm/types';
import { resolveAggregate } from './aggregates.ts';
import { UsageError } from './exit-code.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { boxListColumns, imageListColumns } from './list-columns.ts';
import type { ListColumns } from './list-columns.ts';
import { createTally } from './tally.ts';
import type { Failure, TallyCounter } from './tally.ts';

export interface RankOptions {
  readonly strategy: Strategy;
  /** How the uncertainty of an image comes from that of its boxes, as `--aggregate` says it. */
  readonly aggregate: string;
  /** Where images without a box come, or the number that they get. */
  readonly empty: 'first' | 'last' | number;
  /** Boxes whose best class scores below this are left out. */
  readonly minScore: number;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  /** Rows of the ranked list of boxes. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** The ranked lists of a set of predictions, and what was counted on the way. */
export interface Ranking {
  readonly detections: ColumnTable;
  /** `label` is that of the least sure box. The strategy's column is NaN for images that failed, which come last, and for images without a box
   * where the words `first` or `last` say where they come. */
  readonly images: ColumnTable;
  /** How the images' numbers came from those of boxes, and which of them are least sure. */
  readonly aggregate: {
    readonly how: string;
    readonly empty: 'first' | 'last' | number;
    readonly order: RankOrder;
  };
  /** The columns of both lists, whatever is in them. */
  readonly columns: { readonly detections: ListColumns; readonly images: ListColumns };
  readonly imageIdType: ImageIdType;
  readonly labels: readonly Label[];
  readonly counts: { readonly images: number; readonly failed: number; readonly boxes: number };
  /** The first few. */
  readonly failures: readonly Failure[];
}

/** How images are ranked by their boxes. */
interface ImageRanking {
  readonly by: Strategy;
  readonly how: Aggregation;
  readonly empty: 'first' | 'last' | number;
}

/** Ranks what a model said of each image, reading one shard at a time.
 * @throws UsageError when the set holds no predictions; QualmError `aborted` by the signal.
 */
export async function rankPredictions(folder: string, options: RankOptions): Promise<Ranking> {
  const { strategy, limit, signal, seed } = options;
  const ties = seed === undefined ? {} : { seed };
  const by = { by: strategy.name, order: strategy.order, ...ties };
  const how = resolveAggregate(options.aggregate, strategy);
  const ranking: ImageRanking = { by: strategy, how, empty: options.empty };
  const order = how.orderOf?.(strategy.order) ?? strategy.order;
  let detections: ColumnTable | null = null;
  const images: ColumnTable[] = [];
  let set: Pick<PredictionTable, 'labels' | 'form' | 'imageIdType'> | null = null;
  const counts = { images: 0, boxes: 0 };
  const tally = createTally();
  for await (const shard of readPredictionShards(folder)) {
    assertNotInterrupted(signal);
    set = shard;
    const boxes = scoredBoxes(shard, options);
    counts.images += shard.length;
    countFailures(shard, tally);
    counts.boxes += boxes.numRows();
    detections = rank(append(detections, boxes.select(aq.not('row')).reify()), { ...by, limit }).select(aq.not('rank'));
    images.push(imageTable(shard, boxes, ranking));
  }
  const [first, ...others] = images;
  if (!detections || !first || !set) throw new UsageError(`${folder}: holds no predictions`);
  const { failed, failures } = tally;
  const ranked = rank(first.concat(others).reify(), { by: strategy.name, order, ...ties });
  return {
    detections: rank(detections, { ...by, limit }),
    images: typeof options.empty === 'number' ? ranked : withoutInfinities(ranked, ranking),
    aggregate: { how: options.aggregate, empty: options.empty, order },
    columns: {
      detections: boxListColumns({ ...set, strategy: strategy.name }),
      images: imageListColumns({ ...set, strategy: strategy.name }),
    },
    imageIdType: set.imageIdType,
    labels: set.labels,
    counts: { ...counts, failed },
    failures,
  };
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

function scoredBoxes({ columns, labels, form }: PredictionTable, { strategy, minScore }: RankOptions): ColumnTable {
  const images = aq.table({
    row: Uint32Array.from({ length: columns.image_id.length }, (_, row) => row),
    image_id: columns.image_id,
    image: Array.from(columns.image, (image) => image?.uri ?? null),
    detections: columns.detections,
  });
  const boxes = explode(images, 'detections', { labels });
  if (form === 'detections') return scoredByConfidence(boxes, strategy, minScore);
  const sure = boxes.filter(aq.escape((row: { scores: Float32Array }) => (row.scores[0] ?? 0) >= minScore)).reify();
  return score(sure, strategy)
    .derive({
      label: aq.escape((row: { labels: string[] }) => row.labels[0]),
      score: aq.escape((row: { scores: Float32Array }) => row.scores[0]),
      second_label: aq.escape((row: { labels: string[] }) => row.labels[1] ?? null),
      second_score: aq.escape((row: { scores: Float32Array }) => row.scores[1] ?? null),
    })
    .select('row', 'image_id', 'image', 'box', 'label', 'score', 'second_label', 'second_score', strategy.name)
    .reify();
}

/** A box with one score is as unsure as the binary distribution [score, 1 - score]. */
function scoredByConfidence(boxes: ColumnTable, strategy: Strategy, minScore: number): ColumnTable {
  const { score: scoreLone } = binary(strategy);
  return boxes
    .filter(aq.escape((row: { score: number }) => row.score >= minScore))
    .derive({ [strategy.name]: aq.escape((row: { score: number }) => scoreLone([row.score])) })
    .select('row', 'image_id', 'image', 'box', 'label', 'score', strategy.name)
    .reify();
}

function imageTable({ columns }: PredictionTable, boxes: ColumnTable, { by, how, empty }: ImageRanking): ColumnTable {
  const length = columns.image_id.length;
  const count = new Uint32Array(length);
  const leastSure = new Int32Array(length).fill(-1);
  const rows = boxes.array('row') as ArrayLike<number>;
  const values = boxes.array(by.name) as ArrayLike<number>;
  const sign = by.order === 'ascending' ? 1 : -1;
  for (let box = 0; box < boxes.numRows(); box++) {
    const row = rows[box]!;
    const best = leastSure[row]!;
    count[row]!++;
    if (best < 0 || sign * values[box]! < sign * values[best]!) leastSure[row] = box;
  }
  const labels = boxes.array('label') as ArrayLike<string>;
  const images = aq.table({
    row: Uint32Array.from(count, (_, row) => row),
    image_id: columns.image_id,
    image: Array.from(columns.image, (image) => image?.uri ?? null),
    width: columns.width,
    height: columns.height,
    boxes: count,
    label: Array.from(leastSure, (box) => (box < 0 ? null : labels[box]!)),
    detections: columns.detections,
    error: Array.from(columns.error, (error) => error?.message ?? null),
  });
  return aggregateBoxes(images, boxes, { by, how, empty, on: 'row' })
    .select('image_id', 'image', 'width', 'height', 'boxes', 'label', by.name, 'error')
    .reify();
}

/** An image without a box has a place in the list where a word put it there, and no number. */
function withoutInfinities(images: ColumnTable, { by: { name } }: ImageRanking): ColumnTable {
  const known = aq.escape((row: Record<string, number>) =>
    row['boxes'] === 0 && !Number.isFinite(row[name]) ? NaN : row[name],
  );
  return images.derive({ [name]: known });
}
