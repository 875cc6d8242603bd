import type { RankOrder } from '@qualm/types';
import type { EmptyPolicy } from '../choose/ranking-notes.ts';
import type { ScoredShard } from '../scan/scored-shard.ts';
import type { Measure } from '../choose/measure.ts';

/** The numbers of the images of a shard. */
export interface ImageNumbers {
  /** [images]: NaN where an image has none. */
  readonly values: Float64Array;
  /** [images]: where each comes, in the order of the numbers; NaN at the end. */
  readonly places: Float64Array;
}

/** Images whose boxes have NaN come after all numbers, images without a box before or after all of
 * these where a word says so, and images that failed at the end.
 * @param empty where images without a box come, or the number that they get.
 */
export function imageNumbers(shard: ScoredShard, measure: Measure, empty: EmptyPolicy): ImageNumbers {
  const { offsets, table } = shard;
  const { imageOrder } = measure;
  const values = measure.scoreImages(shard);
  const places = values.map((value, image) => {
    if (!table.boxes.valid[image]) return NaN;
    if (!Number.isNaN(value)) return value;
    return offsets[image] === offsets[image + 1] ? placeOfEmpty(empty, imageOrder) : afterNumbers(imageOrder);
  });
  places.forEach((place, image) => {
    if (typeof empty === 'number' && Number.isNaN(values[image]) && offsets[image] === offsets[image + 1])
      values[image] = place;
  });
  return { values, places };
}

function placeOfEmpty(empty: EmptyPolicy, order: RankOrder): number {
  if (typeof empty === 'number') return empty;
  return (empty === 'first') === (order === 'descending') ? Infinity : -Infinity;
}

/** After all numbers, and before images without a box that are to come last. */
function afterNumbers(order: RankOrder): number {
  return order === 'ascending' ? Number.MAX_VALUE : -Number.MAX_VALUE;
}
