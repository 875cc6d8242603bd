import type { PredictionShard } from '@qualm/datasets';
import { scoreColumn } from '@qualm/strategies';
import type { ScoresColumn, Strategy } from '@qualm/types';
import type { OtherImage } from './other-images.ts';

/** The boxes of a shard that count, as flat columns: those whose best score is `minScore` or more.
 */
export interface CountedBoxes {
  readonly length: number;
  /** [images + 1]: the boxes of image i are those from `offsets[i]` to below `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** [boxes]: where each is among all boxes of the shard. */
  readonly rows: Uint32Array;
}

/** A shard of stored predictions with the number that a measure gives each box. */
export interface ScoredShard extends CountedBoxes {
  /** Its memory may be that of another shard as soon as the scan goes on: what is kept of it is
   * copied.
   */
  readonly table: PredictionShard;
  /** [boxes]: what the measure says of each. */
  readonly values: Float64Array;
  /** [images]: what other models say of each image; empty without other models. */
  readonly others: readonly OtherImage[];
}

/** The boxes that count, in the order in which they are stored. */
export function countedBoxes({ boxes }: PredictionShard, minScore: number): CountedBoxes {
  const { offsets: all, scores, numClasses } = boxes;
  const rows = new Uint32Array(boxes.length);
  const offsets = new Uint32Array(all.length);
  let counted = 0;
  for (let image = 0; image < all.length - 1; image++) {
    for (let box = all[image]!; box < all[image + 1]!; box++)
      if ((numClasses === 0 ? 0 : scores[box * numClasses]!) >= minScore) rows[counted++] = box;
    offsets[image + 1] = counted;
  }
  return { length: counted, offsets, rows: rows.subarray(0, counted) };
}

/** What a strategy says of each box.
 * @throws what the strategy throws, RangeError where it gives something else than a number.
 */
export function scoreBoxes({ boxes, form }: PredictionShard, { rows }: CountedBoxes, strategy: Strategy): Float64Array {
  return form === 'class_scores'
    ? scoreColumn(scoresOf(boxes, rows), strategy)
    : Float64Array.from(rows, (box) => strategy.score([boxes.scores[box]!]));
}

/** The scores of some boxes, one row behind the other. */
function scoresOf({ scores, numClasses, length }: PredictionShard['boxes'], rows: Uint32Array): ScoresColumn {
  const isWhole = rows.length === length;
  const matrix = isWhole ? scores : new Float32Array(rows.length * numClasses);
  if (!isWhole)
    rows.forEach((box, at) => {
      matrix.set(scores.subarray(box * numClasses, (box + 1) * numClasses), at * numClasses);
    });
  const at = (row: number): Float32Array => matrix.subarray(row * numClasses, (row + 1) * numClasses);
  return {
    ...{ length: rows.length, at, matrix, numClasses },
    *[Symbol.iterator]() {
      for (let row = 0; row < rows.length; row++) yield at(row);
    },
  };
}
