import { firstOfEach } from '../boxes.ts';
import type { GroundTruth, ScoredBoxArrays } from '../boxes.ts';

/** The same boxes with one class each, the best; the value itself where they have no more than one.
 */
export function bestOnly(image: ScoredBoxArrays): ScoredBoxArrays;
export function bestOnly(image: GroundTruth): GroundTruth;
export function bestOnly(image: GroundTruth): GroundTruth {
  const { boxes, labelIds, scores, numClasses = 1, crowds } = Object(image) as GroundTruth;
  if (numClasses === 1) return image;
  const length = Math.ceil(labelIds.length / numClasses);
  return {
    boxes,
    labelIds: firstOfEach(labelIds, numClasses, new Int32Array(length)),
    ...(scores && { scores: firstOfEach(scores, numClasses, new Float64Array(length)) }),
    ...(crowds && { crowds }),
  };
}
