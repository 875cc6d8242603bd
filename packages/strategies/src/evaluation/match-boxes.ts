import { iouOfBoxes } from '../localisation/iou-of-boxes.ts';
import { countLabelledBoxes, type LabelledBoxes, type PredictedBoxes } from '../label-errors/labelled-boxes.ts';

/** Two boxes of one thing: one that was drawn, and the one that was found there. */
export interface BoxMatch {
  readonly given: number;
  readonly predicted: number;
  readonly iou: number;
}

/** Options of `matchBoxes`. */
export interface MatchBoxesOptions {
  /** Overlap from which on two boxes are of one thing, 0..1. Default 0.5. */
  readonly minIou?: number;
  /** Who chooses first. `label`: of all pairs those of equal label, then those of the greatest overlap, then the first.
   * `score`, which needs scores: as COCO does it, the predicted boxes in the order of their scores, the first of equals
   * first, each the free box of the greatest overlap, of equal ones the last. Default label. */
  readonly prefer?: 'label' | 'score';
  /** `same` pairs boxes of equal label alone. Default any. */
  readonly labels?: 'any' | 'same';
  /** Which of the predicted boxes take part; all of them when absent. */
  readonly counts?: (predicted: number) => boolean;
}

/** Pairs off two lists of boxes of one image, each box in one pair at most: everything that counts hits, differences or
 * confusions counts these pairs. In the order in which they were found.
 * @throws RangeError when boxes, labels and scores do not belong together, or `minIou` is not 0..1.
 * @see `COCOeval.evaluateImg` of pycocotools (`score`); `ConfusionMatrix` of supervision (`label`)
 * @example const boxes = Float32Array.of(0, 0, 9, 9);
 * matchBoxes({ boxes, labelIds: [1] }, { boxes, labelIds: [2] }) // [{ given: 0, predicted: 0, iou: 1 }]
 */
export function matchBoxes(
  given: LabelledBoxes,
  predicted: LabelledBoxes | PredictedBoxes,
  options: MatchBoxesOptions = {},
): BoxMatch[] {
  return matchBoxesOf('matchBoxes', given, predicted, options);
}

/** The same for a caller that names itself. */
export function matchBoxesOf(
  where: string,
  given: LabelledBoxes,
  predicted: LabelledBoxes | PredictedBoxes,
  { minIou = 0.5, prefer = 'label', labels = 'any', counts }: MatchBoxesOptions,
): BoxMatch[] {
  const scores = 'scores' in predicted ? predicted.scores : null;
  if (prefer === 'score' && !scores) throw new RangeError(`${where}: no scores; wanted one for each predicted box`);
  const isSame = (one: number, box: number): boolean => given.labelIds[one] === predicted.labelIds[box];
  const pairs: BoxMatch[] = [];
  const numGiven = countLabelledBoxes(where, given);
  const numPredicted = countLabelledBoxes(where, predicted);
  const least = leastOverlap(where, minIou);
  for (let box = 0; box < numPredicted; box++) {
    if (counts && !counts(box)) continue;
    for (let one = 0; one < numGiven; one++) {
      if (labels === 'same' && !isSame(one, box)) continue;
      const iou = iouOfBoxes(given.boxes, one, predicted.boxes, box);
      if (iou >= least && iou > 0) pairs.push({ given: one, predicted: box, iou });
    }
  }
  const byScore = (a: BoxMatch, b: BoxMatch): number =>
    scores![b.predicted]! - scores![a.predicted]! || a.predicted - b.predicted || b.iou - a.iou || b.given - a.given;
  const byLabel = (a: BoxMatch, b: BoxMatch): number =>
    Number(isSame(b.given, b.predicted)) - Number(isSame(a.given, a.predicted)) ||
    b.iou - a.iou ||
    a.given - b.given ||
    a.predicted - b.predicted;
  return pairOff(pairs.sort(prefer === 'score' ? byScore : byLabel));
}

/** As COCO has it: an overlap of 1 may be a little less for rounding.
 * @throws RangeError when it is not 0..1.
 */
export function leastOverlap(where: string, minIou: number): number {
  if (!(minIou >= 0 && minIou <= 1)) throw new RangeError(`${where}: minIou is ${minIou}; wanted 0 to 1`);
  return Math.min(minIou, 1 - 1e-10);
}

function pairOff(pairs: readonly BoxMatch[]): BoxMatch[] {
  const given = new Set<number>();
  const predicted = new Set<number>();
  return pairs.filter((pair) => {
    if (given.has(pair.given) || predicted.has(pair.predicted)) return false;
    given.add(pair.given);
    predicted.add(pair.predicted);
    return true;
  });
}
