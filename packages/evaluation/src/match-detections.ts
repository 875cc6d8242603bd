import { assertOptions } from '@qualm/types';
import { bestOnly, countImages, leastOverlap, matchOf } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { boxesInCrowds } from './boxes-in-crowds.ts';

export interface MatchDetectionsOptions {
  /** Overlap from which on a box is found, 0..1. Default 0.5. */
  readonly minIou?: number;
}

/** Which of the boxes that a model found are there, as COCO counts: within each image and class
 * boxes choose in the order of their scores, the first of equals first, and each takes the free box
 * of greatest overlap, of equal ones the last. A box can be found once. A box that found none, and
 * of which `minIou` lies in a crowd of its class, counts neither way.
 * @returns for each image [n] of its predicted boxes 1 for a hit, 0 for none and 2 for what lies in
 * a crowd, in their order.
 * @throws RangeError when images, boxes, labels and scores do not belong together, or `minIou` is
 * not 0..1.
 * @see Lin et al. 2014, Microsoft COCO; `COCOeval.evaluateImg` of pycocotools, without its areas
 * @example matchDetections([labelledBoxes(annotations)], [detections]) // [Uint8Array [1, 0]]
 */
export function matchDetections(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: MatchDetectionsOptions = {},
): Uint8Array[] {
  assertOptions('matchDetections', options, '{ minIou: 0.5 }', 'options');
  const { minIou = 0.5 } = options;
  const least = leastOverlap('matchDetections', minIou);
  const length = countImages('matchDetections', given, predicted);
  return Array.from({ length }, (_, image) => {
    const [drawn, found] = [bestOnly(given[image]!), bestOnly(predicted[image]!)];
    const options = { minIou, prefer: 'score', labels: 'same' } as const;
    const matches = matchOf(`matchDetections: image ${image}`, drawn, found, options);
    const hits = boxesInCrowds(drawn, found, least, 'same').map((inCrowd) => 2 * inCrowd);
    for (const { second } of matches) hits[second] = 1;
    return hits;
  });
}
