import { aggregate, entropy, leastConfidence, leastSure, margin, perLabel, presence, ratio } from '@qualm/strategies';
import type { RankOrder, Strategy } from '@qualm/types';
import { iouOfBoxes } from '@qualm/types/rows';
import { createBoxReader } from '../scan/box-reader.ts';
import { bestName, scoresOfBox } from '../scan/named-boxes.ts';
import type { FoundBoxes, NamedBoxes } from '../scan/named-boxes.ts';
import { nobody } from '../scan/other-images.ts';
import { scoreBoxes } from '../scan/scored-shard.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import { countDifferences } from './count-differences.ts';
import { decidingBox } from './deciding-box.ts';
import type { DecidingBox } from './deciding-box.ts';
import type { RankingChoice } from './ranking-choice.ts';

/** What boxes and images are ranked by: it gives each a number. */
export interface Measure {
  readonly name: string;
  readonly order: RankOrder;
  /** What an image's number is called, and which come first. */
  readonly imageName: string;
  readonly imageOrder: RankOrder;
  /** [boxes]: the number of each box of a shard that counts. */
  scoreBoxes(shard: Omit<ScoredShard, 'values'>): Float64Array;
  /** The same of one box.
   * @param compared what the other model found in the image; empty without one.
   */
  scoreBox(boxes: FoundBoxes, row: number, compared: NamedBoxes): number;
  /** [images]: the number of each image of a shard, NaN where one of its boxes has NaN, and where
   * it has no box unless something is known of it all the same.
   */
  scoreImages(shard: ScoredShard): Float64Array;
  /** The same of one image, from its boxes with their numbers. */
  scoreImage(boxes: FoundBoxes, values: readonly number[], compared: NamedBoxes): number;
  /** Which of the boxes from `start` to below `end`, one at least, an image's number comes from. */
  deciding(values: ArrayLike<number>, start: number, end: number): DecidingBox;
  /** What a box adds to the number of its image, where that is made of all boxes. */
  share(value: number): number;
}

/** The measure of a strategy, and of images by their boxes. */
export function strategyMeasure({
  strategy,
  aggregation,
  ofBox,
  boxOrder,
  imageColumn,
  imageOrder,
}: RankingChoice): Measure {
  const { name, order } = strategy;
  return {
    ...{ name, order, imageName: imageColumn, imageOrder },
    scoreBoxes: (shard) => scoreBoxes(shard.table, shard, strategy),
    scoreBox: (boxes, row) => strategy.score(scoresOfBox(boxes, row)),
    scoreImages({ values, offsets }) {
      const scored = { name, values: values.map(ofBox), order: boxOrder };
      const numbers = aggregate(scored, offsets, aggregation, { empty: 'last' }).values;
      return numbers.map((number, image) => (offsets[image] === offsets[image + 1] ? NaN : number));
    },
    scoreImage: (_, values) =>
      values.length === 0 || values.some(Number.isNaN)
        ? NaN
        : aggregation.reduce(values.map(ofBox), 0, values.length, boxOrder),
    deciding: (values, start, end) => decidingBox(values, [start, end], order, aggregation),
    share: ofBox,
  };
}

/** How little another model has of the same. Of a box: 1 less the overlap with the best one of its
 * class, 0..1. Of an image: the things that only one of them found, or that they call differently.
 */
export const disagreement: Measure = {
  name: 'disagreement',
  order: 'descending',
  imageName: 'disagreement',
  imageOrder: 'descending',
  scoreBoxes({ table, rows, offsets, others }) {
    const reader = createBoxReader(table);
    const values = new Float64Array(rows.length);
    for (let image = 0; image < offsets.length - 1; image++) {
      const { compared } = others[image] ?? nobody;
      const start = offsets[image]!;
      const boxes = reader.bestOf(rows.subarray(start, offsets[image + 1]));
      for (let row = 0; row < boxes.length; row++) values[start + row] = disagreementOf(boxes, row, compared);
    }
    return values;
  },
  scoreBox: disagreementOf,
  scoreImages({ table, rows, offsets, others }) {
    const reader = createBoxReader(table);
    return Float64Array.from({ length: offsets.length - 1 }, (_, image) =>
      countDifferences(
        reader.bestOf(rows.subarray(offsets[image], offsets[image + 1])),
        (others[image] ?? nobody).compared,
      ),
    );
  },
  scoreImage: (boxes, _, compared) => countDifferences(boxes, compared),
  // A count of things, of which some are no box of ours.
  deciding: (values, start, end) => ({
    ...decidingBox(values, [start, end], 'descending', leastSure),
    isItsOwn: false,
  }),
  share: (value) => value,
};

/** What `disagreement` says of a box of either model. */
export function disagreementOf(boxes: NamedBoxes, row: number, compared: NamedBoxes): number {
  const name = bestName(boxes, row);
  let best = 0;
  for (let other = 0; other < compared.length; other++)
    if (bestName(compared, other) === name) best = Math.max(best, iouOfBoxes(compared.boxes, other, boxes.boxes, row));
  return 1 - best;
}

/** What a page can be sorted by besides the strategy that it is ranked by. */
export function furtherStrategies({ strategy, set }: RankingChoice): readonly Strategy[] {
  const all = set.scoreKind === 'independent' ? ofIndependent : ofDistribution;
  return all.filter(({ name }) => name !== strategy.name);
}

const ofDistribution = [margin, entropy, leastConfidence];
const ofIndependent = [perLabel(entropy, { combine: 'sum' }), presence, ratio, leastConfidence];
