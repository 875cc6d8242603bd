import type { PredictedBoxes } from '@qualm/evaluation';
import type { FoundBox } from './labelled-image.ts';

/** The boxes as flat arrays, each with its best class. */
export function predictedBoxes(boxes: readonly FoundBox[]): PredictedBoxes {
  return {
    boxes: Float64Array.from(boxes.flatMap(({ box }) => [...box])),
    labelIds: boxes.map(({ label_id }) => label_id),
    scores: boxes.map(({ scores }) => scores[0]!),
  };
}
