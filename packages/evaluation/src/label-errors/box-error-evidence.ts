import type { GroundTruth, ScoredBoxArrays } from '@qualm/types';
import { badlyLocated } from './badly-located-scores.ts';
import { overlooked } from './overlooked-scores.ts';
import { scoreImages, type BoxErrorScores, type ObjectLabOptions, type ScoreBoxes } from './score-images.ts';
import { swapped } from './swapped-scores.ts';

/** What may be wrong with a box. */
export type BoxErrorKind = 'overlooked' | 'badly-located' | 'swapped';

const scorers: Readonly<Record<BoxErrorKind, ScoreBoxes>> = { overlooked, 'badly-located': badlyLocated, swapped };

/** The scores of `overlookedScores`, `badlyLocatedScores` or `swappedScores`, each with the box
 * that made it what it is: what is shown beside a score must be what it comes from, and not the
 * box that overlaps most.
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
  if (!Object.hasOwn(scorers, kind)) {
    throw new RangeError(`boxErrorEvidence: kind is "${kind}"; expected one of ${Object.keys(scorers).join(', ')}`);
  }
  return scoreImages('boxErrorEvidence', { given, predicted }, [scorers[kind]], options)[0]!;
}
