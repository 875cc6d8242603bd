import { assertOptions } from '@qualm/types';
import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { compareBoxes, type BoxComparison } from './compare-boxes.ts';

/** Options of ObjectLab's scores. Their defaults are cleanlab's. */
export interface ObjectLabOptions {
  /** Weight of IoU against the distance of the centres when boxes are compared: 0..1. Default 0.9.
   */
  readonly alpha?: number;
  /** Found boxes that score more may show that a drawn one is badly located, and that a label was
   * not missed. Default 0.5. */
  readonly lowScore?: number;
  /** Found boxes that score more may show that a box was overlooked (also those that score just
   * this) or its label swapped. Default 0.95. */
  readonly highScore?: number;
  /** Count a drawn box as swapped that lies on another of another label: both cannot be right.
   * Default true.
   */
  readonly overlapCheck?: boolean;
}

/** The images as ObjectLab sees them: each compared, with what they all have in common. */
export interface ObjectLabImages {
  readonly given: readonly GroundTruth[];
  readonly predicted: readonly ScoredBoxArrays[];
}

export type RequiredObjectLabOptions = Required<ObjectLabOptions>;

const defaults: RequiredObjectLabOptions = { alpha: 0.9, lowScore: 0.5, highScore: 0.95, overlapCheck: true };

export function withDefaults(options: ObjectLabOptions): RequiredObjectLabOptions {
  return { ...defaults, ...options };
}

/** The scores of boxes of one image, drawn or found, and for each the box that it comes from, -1
 * where there is none.
 */
export interface BoxErrorScores {
  /** 0..1, small is suspect; NaN where nothing was asked. */
  readonly scores: Float64Array;
  /** The place of the found box. */
  readonly found: Int32Array;
  /** The place of another drawn box. */
  readonly drawn: Int32Array;
}

/** So many boxes that nothing speaks against. */
export function noEvidence(length: number): BoxErrorScores {
  const none = (): Int32Array => new Int32Array(length).fill(-1);
  return { scores: new Float64Array(length).fill(1), found: none(), drawn: none() };
}

/** Scores boxes of one image, with the least similarity of all images at hand. */
export type ScoreBoxes = (
  image: BoxComparison,
  leastSimilarity: number,
  options: RequiredObjectLabOptions,
) => BoxErrorScores;

/** What each of `scorers` gives to each image: [scorers][images]. The images are compared twice and
 * kept never, so that memory does not grow with pairs of boxes.
 * @throws RangeError as `compareBoxes`.
 */
export function scoreImages(
  where: string,
  images: ObjectLabImages,
  scorers: readonly ScoreBoxes[],
  options: ObjectLabOptions,
): BoxErrorScores[][] {
  assertOptions(where, options, '{ alpha: 0.9 }', 'options');
  const all = withDefaults(options);
  let leastSimilarity = 1;
  for (const { numGiven, numPredicted, similarity } of compareBoxes(where, images, all.alpha)) {
    for (let i = 0; i < numGiven; i++) {
      for (let j = 0; j < numPredicted; j++) {
        if (similarity(i, j) > 0) leastSimilarity = Math.min(leastSimilarity, similarity(i, j));
      }
    }
  }
  const scores: BoxErrorScores[][] = scorers.map(() => []);
  for (const image of compareBoxes(where, images, all.alpha)) {
    scorers.forEach((score, s) => scores[s]!.push(score(image, leastSimilarity, all)));
  }
  return scores;
}
