import { ClassScoresColumn } from '@qualm/types';
import type { PredictionTable } from '@qualm/datasets';
import { scoreColumn } from '@qualm/strategies';
import type { ScoresColumn, Strategy } from '@qualm/types';

/** The boxes of a shard that are ranked, as flat columns: those whose best score is `minScore` or more. */
export interface KeptBoxes {
  readonly length: number;
  /** [images + 1]: the boxes of image i are those from `offsets[i]` to below `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** [boxes]: where each is among all boxes of the shard. */
  readonly rows: Uint32Array;
  /** [boxes]: what the strategy says of each. */
  readonly values: Float64Array;
}

/** @throws what the strategy throws, RangeError where it gives something else than a number. */
export function keepBoxes({ columns }: PredictionTable, strategy: Strategy, minScore: number): KeptBoxes {
  const { detections } = columns;
  const { offsets: all, scores } = detections;
  const numClasses = detections instanceof ClassScoresColumn ? detections.numClasses : 1;
  const rows = new Uint32Array(detections.boxes.length / 4);
  const offsets = new Uint32Array(all.length);
  let kept = 0;
  for (let image = 0; image < all.length - 1; image++) {
    for (let box = all[image]!; box < all[image + 1]!; box++)
      if ((numClasses === 0 ? 0 : scores[box * numClasses]!) >= minScore) rows[kept++] = box;
    offsets[image + 1] = kept;
  }
  const places = rows.subarray(0, kept);
  const values =
    detections instanceof ClassScoresColumn
      ? scoreColumn(scoresOf(detections, places), strategy)
      : Float64Array.from(places, (box) => strategy.score([scores[box]!]));
  return { length: kept, offsets, rows: places, values };
}

/** The scores of some boxes, one row behind the other. */
function scoresOf({ scores, numClasses, boxes }: ClassScoresColumn, places: Uint32Array): ScoresColumn {
  const isWhole = places.length === boxes.length / 4;
  const matrix = isWhole ? scores : new Float32Array(places.length * numClasses);
  if (!isWhole)
    places.forEach((box, at) => {
      matrix.set(scores.subarray(box * numClasses, (box + 1) * numClasses), at * numClasses);
    });
  const at = (row: number): Float32Array => matrix.subarray(row * numClasses, (row + 1) * numClasses);
  return {
    ...{ length: places.length, at, matrix, numClasses },
    *[Symbol.iterator]() {
      for (let row = 0; row < places.length; row++) yield at(row);
    },
  };
}
