import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { readPredictionShards } from '@qualm/datasets';
import type { PredictionTable } from '@qualm/datasets';
import { explode, rank, score } from '@qualm/pipeline';
import { binary } from '@qualm/strategies';
import type { Label, Strategy } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { createTally } from './tally.ts';
import type { Failure, TallyCounter } from './tally.ts';

/** How the uncertainty of an image comes from that of its boxes: its least sure box, or their mean. */
export type Aggregate = 'least-sure' | 'mean';

export interface RankOptions {
  readonly strategy: Strategy;
  readonly aggregate: Aggregate;
  /** Boxes whose best class scores below this are left out. */
  readonly minScore: number;
  /** Rows of the ranked list of boxes. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** The ranked lists of a set of predictions, and what was counted on the way. */
export interface Ranking {
  /** rank, image_id, image, box, label, score, second_label, second_score, and the strategy's column. */
  readonly detections: ColumnTable;
  /** rank, image_id, image, width, height, boxes, and the strategy's column; images without a box come last. */
  readonly images: ColumnTable;
  readonly labels: readonly Label[];
  readonly counts: { readonly images: number; readonly failed: number; readonly boxes: number };
  /** The first few. */
  readonly failures: readonly Failure[];
}

/** Ranks what a model said of each image, reading one shard at a time.
 * @throws UsageError when the set holds no predictions; QualmError `aborted` by the signal.
 */
export async function rankPredictions(folder: string, options: RankOptions): Promise<Ranking> {
  const { strategy, limit, signal } = options;
  const by = { by: strategy.name, order: strategy.order };
  let detections: ColumnTable | null = null;
  const images: ColumnTable[] = [];
  let labels: readonly Label[] = [];
  const counts = { images: 0, boxes: 0 };
  const tally = createTally();
  for await (const shard of readPredictionShards(folder)) {
    assertNotInterrupted(signal);
    labels = shard.labels;
    const boxes = scoredBoxes(shard, options);
    counts.images += shard.length;
    countFailures(shard, tally);
    counts.boxes += boxes.numRows();
    detections = rank(append(detections, boxes.select(aq.not('row')).reify()), { ...by, limit }).select(aq.not('rank'));
    images.push(imageTable(shard, boxes, options));
  }
  const [first, ...others] = images;
  if (!detections || !first) throw new UsageError(`${folder}: holds no predictions`);
  const { failed, failures } = tally;
  const ranked = { detections: rank(detections, { ...by, limit }), images: rank(first.concat(others).reify(), by) };
  return { ...ranked, labels, counts: { ...counts, failed }, failures };
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

function imageTable(
  { columns }: PredictionTable,
  boxes: ColumnTable,
  { strategy, aggregate }: RankOptions,
): ColumnTable {
  const length = columns.image_id.length;
  const count = new Uint32Array(length);
  const sum = new Float64Array(length);
  const leastSure = new Float64Array(length).fill(NaN);
  const rows = boxes.array('row') as ArrayLike<number>;
  const values = boxes.array(strategy.name) as ArrayLike<number>;
  for (let box = 0; box < boxes.numRows(); box++) {
    const row = rows[box]!;
    const value = values[box]!;
    count[row]!++;
    sum[row]! += value;
    const best = leastSure[row]!;
    if (Number.isNaN(best) || (strategy.order === 'ascending' ? value < best : value > best)) leastSure[row] = value;
  }
  return aq.table({
    image_id: columns.image_id,
    image: Array.from(columns.image, (image) => image?.uri ?? null),
    width: columns.width,
    height: columns.height,
    boxes: count,
    [strategy.name]: aggregate === 'mean' ? sum.map((total, row) => total / count[row]!) : leastSure,
    error: Array.from(columns.error, (error) => error?.message ?? null),
  });
}
