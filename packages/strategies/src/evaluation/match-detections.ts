import { iouOfBoxes } from '../localisation/iou-of-boxes.ts';
import { countImages, countLabelledBoxes } from '../label-errors/labelled-boxes.ts';
import type { LabelledBoxes, PredictedBoxes } from '../label-errors/labelled-boxes.ts';

export interface MatchDetectionsOptions {
  /** Overlap from which on a box is found, 0..1. Default 0.5. */
  readonly minIou?: number;
}

/** Which of the boxes that a model found are there, as COCO counts: within each image and class boxes choose in the order of their scores, the first of
 * equals first, and each takes the free box of greatest overlap, of equal ones the last. A box can be found once.
 * @returns for each image [n] of its predicted boxes 1 for a hit and 0 for none, in their order.
 * @throws RangeError when images, boxes, labels and scores do not belong together, or `minIou` is not 0..1.
 * @see Lin et al. 2014, Microsoft COCO; `COCOeval.evaluateImg` of pycocotools, without its crowds and areas
 * @example matchDetections([labelledBoxes(annotations)], [detections]) // [Uint8Array [1, 0]]
 */
export function matchDetections(
  given: readonly LabelledBoxes[],
  predicted: readonly PredictedBoxes[],
  { minIou = 0.5 }: MatchDetectionsOptions = {},
): Uint8Array[] {
  if (!(minIou >= 0 && minIou <= 1)) throw new RangeError(`matchDetections: minIou is ${minIou}; wanted 0 to 1`);
  const length = countImages('matchDetections', given, predicted);
  return Array.from({ length }, (_, image) =>
    hitsOf(`matchDetections: image ${image}`, given[image]!, predicted[image]!, minIou),
  );
}

function hitsOf(where: string, given: LabelledBoxes, predicted: PredictedBoxes, minIou: number): Uint8Array {
  const numGiven = countLabelledBoxes(where, given);
  const hits = new Uint8Array(countLabelledBoxes(where, predicted));
  const taken = new Uint8Array(numGiven);
  const order = Array.from(hits, (_, index) => index).sort(
    (a, b) => predicted.scores[b]! - predicted.scores[a]! || a - b,
  );
  for (const box of order) {
    // As COCO has it: an overlap of 1 may be a little less for rounding.
    let [best, found] = [Math.min(minIou, 1 - 1e-10), -1];
    for (let one = 0; one < numGiven; one++) {
      if (taken[one] || given.labelIds[one] !== predicted.labelIds[box]) continue;
      const iou = iouOfBoxes(given.boxes, one, predicted.boxes, box);
      if (iou >= best) [best, found] = [iou, one];
    }
    if (found < 0) continue;
    taken[found] = 1;
    hits[box] = 1;
  }
  return hits;
}
