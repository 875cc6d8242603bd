import { assertOptions } from '@qualm/types';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { compareBoxes } from './compare-boxes.ts';
import type { BoxComparison } from './compare-boxes.ts';
import { missShares } from './miss-shares.ts';
import { noEvidence, withDefaults } from './score-images.ts';
import type { BoxErrorScores, ObjectLabImages, ObjectLabOptions } from './score-images.ts';

/** How likely there is something in each drawn box: for each image [drawn boxes], 0..1, **small is
 * suspect** (`ascending`). 1 - (1 - e)(1 - m): e is the evidence for the box, the greatest
 * geometric mean of score and IoU of any found box, whatever its label; m is the share of labels
 * like it that the model misses. A box is suspect where a model that finds its like finds nothing.
 *
 * A label is missed when no found box that scores more than `lowScore` overlaps with it by half;
 * m is the share of the sixty labels nearest in area, times how much more often labels of its
 * class are missed than others of their areas, at most 1. Faint boxes are what tells a small or
 * hidden object from nothing: keep boxes that score .05.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a
 * model sees them.
 * @throws RangeError when images, boxes, labels or scores do not belong together.
 * @see `possible_spurious` of FiftyOne Brain, which has no number for them; ObjectLab has no such
 * kind of error */
export function spuriousScores(
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabOptions = {},
): Float64Array[] {
  return spuriousEvidence('spuriousScores', { given, predicted }, options).map(({ scores }) => scores);
}

/** Boxes that overlap by so much are of one thing. */
const sameObject = 0.5;

/** The same; the evidence of a box is the found one that speaks for it most. */
export function spuriousEvidence(where: string, images: ObjectLabImages, options: ObjectLabOptions): BoxErrorScores[] {
  assertOptions(where, options, '{ lowScore: 0.5 }', 'options');
  const { alpha, lowScore } = withDefaults(options);
  const all: BoxErrorScores[] = [];
  const [areas, labelIds, missed]: [number[], number[], number[]] = [[], [], []];
  for (const image of compareBoxes(where, images, alpha)) {
    const evidence = noEvidence(image.numGiven);
    for (let i = 0; i < image.numGiven; i++) {
      const { found, strength, isMissed } = evidenceFor(image, i, lowScore);
      [evidence.found[i], evidence.scores[i]] = [found, strength];
      areas.push(areaOf(image.given.boxes, i));
      labelIds.push(image.given.labelIds[i]!);
      missed.push(Number(isMissed));
    }
    all.push(evidence);
  }
  const shares = missShares({ areas: Float64Array.from(areas), labelIds, missed: Uint8Array.from(missed) });
  let row = 0;
  for (const { scores } of all)
    scores.forEach((strength, i) => (scores[i] = 1 - (1 - strength) * (1 - shares[row++]!)));
  return all;
}

function evidenceFor(
  { predicted, numPredicted, iou }: BoxComparison,
  i: number,
  lowScore: number,
): { readonly found: number; readonly strength: number; readonly isMissed: boolean } {
  let [found, strength, isMissed] = [-1, 0, true];
  for (let j = 0; j < numPredicted; j++) {
    const score = predicted.scores[j]!;
    if (score > lowScore && iou(i, j) >= sameObject) isMissed = false;
    const own = Math.sqrt(score * iou(i, j));
    if (own > strength) [found, strength] = [j, own];
  }
  return { found, strength, isMissed };
}

function areaOf(boxes: GroundTruth['boxes'], i: number): number {
  return (boxes[4 * i + 2]! - boxes[4 * i]!) * (boxes[4 * i + 3]! - boxes[4 * i + 1]!);
}
