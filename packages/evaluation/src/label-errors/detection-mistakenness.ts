import { assertOptions } from '@qualm/types';
import { bestOnly, matchOf } from '@qualm/types/rows';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { boxesInCrowds } from '../boxes-in-crowds.ts';
import { mistakennessOf } from './mistakenness.ts';

/** Options of `detectionMistakenness`. */
export interface DetectionMistakennessOptions {
  /** Boxes that match overlap by this at least; below 1. Default 0.5. */
  readonly minIou?: number;
  /** A found box without a partner that scores more is possibly missing among the labels. Default
   * 0.95.
   */
  readonly minScore?: number;
}

/** What may be wrong with the boxes of one image. */
export interface DetectionMistakenness {
  /** Of each drawn box, how likely its label is a mistake: 0..1; NaN where no box was found. */
  readonly mistakenness: Float64Array;
  /** Of each drawn box, how likely its edges are: 0..1; NaN where no box was found. */
  readonly localisation: Float64Array;
  /** Drawn boxes that were not found. */
  readonly possibleSpurious: Uint32Array;
  /** Found boxes, of high score, that were not drawn and lie in no crowd. */
  readonly possibleMissing: Uint32Array;
  /** The greatest mistakenness of its boxes; NaN, ranked last, for an image without matches. */
  readonly image: number;
}

/** How likely the labels, the places and the lack of an image's boxes are mistakes, **large is
 * suspect**. Boxes are matched as COCO does, whatever their label: found boxes choose in the order
 * of their scores. With s the score of a drawn box's partner:
 *
 * - mistakenness: (1 + s) / 2 when the partner has another label, (1 - s) / 2 when it has the same
 * - localisation: (1 + s (2 i - 1)) / 2, with i = (1 - IoU) / (1 - minIou): 0 for a box in place, 1
 *   for one that hardly matches
 *
 * An image without boxes gives empty arrays and NaN.
 * @throws RangeError when boxes, labels and scores do not belong together, or `minIou` is not in
 * 0..1 and below 1.
 * @see `compute_mistakenness` of FiftyOne Brain, which gives such an image -1
 */
export function detectionMistakenness(
  groundTruth: GroundTruth,
  found: ScoredBoxArrays,
  options: DetectionMistakennessOptions = {},
): DetectionMistakenness {
  assertOptions('detectionMistakenness', options, '{ minIou: 0.5 }', 'options');
  const { minIou = 0.5, minScore = 0.95 } = options;
  const where = 'detectionMistakenness';
  if (!(minIou >= 0 && minIou < 1)) throw new RangeError(`${where}: minIou is ${minIou}; expected 0 to below 1`);
  const matches = matchOf(where, groundTruth, found, { minIou, prefer: 'score' });
  const [given, predicted] = [bestOnly(groundTruth), bestOnly(found)];
  const mistakenness = new Float64Array(given.labelIds.length).fill(NaN);
  const localisation = mistakenness.slice();
  for (const { first: i, second: j, iou } of matches) {
    const score = predicted.scores[j]!;
    mistakenness[i] = mistakennessOf(score, given.labelIds[i] === predicted.labelIds[j]);
    localisation[i] = (score * (2 * ((1 - iou) / (1 - minIou)) - 1) + 1) / 2;
  }
  const matched = new Set(matches.map(({ second }) => second));
  const inCrowd = boxesInCrowds(given, predicted, minIou, 'any');
  return {
    mistakenness,
    localisation,
    possibleSpurious: rowsWhere(given.labelIds.length, (i) => Number.isNaN(mistakenness[i])),
    possibleMissing: rowsWhere(
      predicted.scores.length,
      (j) => predicted.scores[j]! > minScore && !matched.has(j) && !inCrowd[j],
    ),
    image: matches.length === 0 ? NaN : Math.max(...matches.map(({ first }) => mistakenness[first]!)),
  };
}

function rowsWhere(length: number, isWanted: (row: number) => boolean): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row).filter(isWanted);
}
