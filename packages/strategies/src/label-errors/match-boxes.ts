import { iouOfBoxes } from '../localisation/iou-of-boxes.ts';
import { countLabelledBoxes, type LabelledBoxes, type PredictedBoxes } from './labelled-boxes.ts';

/** A box that was drawn, and the one that was found there. */
export interface BoxMatch {
  readonly given: number;
  readonly predicted: number;
  readonly iou: number;
}

/** Pairs off boxes, of the predicted ones those that count as found, that overlap by more than `minIou`, each in one
 * pair at most: those of equal label first, then those of the greatest IoU, then the first. */
export function matchByOverlap(
  where: string,
  given: LabelledBoxes,
  predicted: PredictedBoxes,
  minIou: number,
  isFound: (predicted: number) => boolean,
): BoxMatch[] {
  const isSame = (match: BoxMatch): number =>
    Number(given.labelIds[match.given] === predicted.labelIds[match.predicted]);
  const pairs = overlaps(where, given, predicted)
    .filter(({ iou, predicted }) => iou > minIou && isFound(predicted))
    .sort((a, b) => isSame(b) - isSame(a) || b.iou - a.iou || a.given - b.given || a.predicted - b.predicted);
  return pairOff(pairs);
}

/** Pairs off boxes that overlap by `minIou` at least, as COCO does whatever the label: predicted boxes choose in the
 * order of their scores, the first of equals first, and each takes the free box of greatest IoU. */
export function matchByScore(
  where: string,
  given: LabelledBoxes,
  predicted: PredictedBoxes,
  minIou: number,
): BoxMatch[] {
  const { scores } = predicted;
  const pairs = overlaps(where, given, predicted)
    .filter(({ iou }) => iou >= minIou)
    .sort(
      (a, b) =>
        scores[b.predicted]! - scores[a.predicted]! || a.predicted - b.predicted || b.iou - a.iou || a.given - b.given,
    );
  return pairOff(pairs);
}

function overlaps(where: string, given: LabelledBoxes, predicted: PredictedBoxes): BoxMatch[] {
  const numGiven = countLabelledBoxes(where, given);
  const numPredicted = countLabelledBoxes(where, predicted);
  const pairs: BoxMatch[] = [];
  for (let i = 0; i < numGiven; i++) {
    for (let j = 0; j < numPredicted; j++) {
      const iou = iouOfBoxes(given.boxes, i, predicted.boxes, j);
      if (iou > 0) pairs.push({ given: i, predicted: j, iou });
    }
  }
  return pairs;
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
