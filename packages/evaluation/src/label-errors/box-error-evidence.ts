import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { badlyLocated } from './badly-located-scores.ts';
import { overlooked } from './overlooked-scores.ts';
import { scoreImages } from './score-images.ts';
import type { BoxErrorScores, ObjectLabImages, ObjectLabOptions, ScoreBoxes } from './score-images.ts';
import { spuriousEvidence } from './spurious-scores.ts';
import { swapped } from './swapped-scores.ts';

/** What may be wrong with a box. */
export type BoxErrorKind = 'overlooked' | 'badly-located' | 'swapped' | 'spurious';

type FindEvidence = (where: string, images: ObjectLabImages, options: ObjectLabOptions) => BoxErrorScores[];

const byImage =
  (scorer: ScoreBoxes): FindEvidence =>
  (where, images, options) =>
    scoreImages(where, images, [scorer], options)[0]!;

const finders: Readonly<Record<BoxErrorKind, FindEvidence>> = {
  overlooked: byImage(overlooked),
  'badly-located': byImage(badlyLocated),
  swapped: byImage(swapped),
  spurious: spuriousEvidence,
};

/** The scores of `overlookedScores`, `badlyLocatedScores`, `swappedScores` or `spuriousScores`,
 * each with the box that made it what it is: what is shown beside a score must be what it comes
 * from, and not the box that overlaps most.
 * @param given the boxes of each image as people drew them; `predicted` the same images as a model
 * sees them.
 * @throws RangeError as those functions, and for another kind.
 * @example const boxes = Float32Array.of(0, 0, 9, 9);
 * const predicted = [{ boxes, labelIds: [2], scores: [0.99] }];
 * boxErrorEvidence('swapped', [{ boxes, labelIds: [1] }], predicted)[0].found // Int32Array [0]
 */
export function boxErrorEvidence(
  kind: BoxErrorKind,
  given: readonly GroundTruth[],
  predicted: readonly ScoredBoxArrays[],
  options: ObjectLabOptions = {},
): BoxErrorScores[] {
  if (!Object.hasOwn(finders, kind)) {
    throw new RangeError(`boxErrorEvidence: kind is "${kind}"; expected one of ${Object.keys(finders).join(', ')}`);
  }
  return finders[kind]('boxErrorEvidence', { given, predicted }, options);
}
