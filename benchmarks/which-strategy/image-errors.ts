import { labelledBoxes, match, matchDetections } from '@qualm/evaluation';
import type { LabelledImage } from './labelled-image.ts';
import { predictedBoxes } from './predicted-boxes.ts';

/** What a box above the operating threshold turned out to be. `in-crowd` is neither right nor
 * wrong.
 */
export type Outcome = 'right' | 'wrong-class' | 'false' | 'in-crowd';

export interface ImageErrors {
  /** Of the boxes at or above the threshold, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Objects that no box found, not even under another class. */
  readonly missed: number;
}

const byHit = ['false', 'right', 'in-crowd'] as const;

/** Holds the boxes at or above `minScore` against the objects as COCO does, class by class. Then
 * each box that is false, in the order of their scores, takes a free object of any class: it is one
 * error, a wrong class, and not a false box and a missed object. Boxes overlap by .5 at least.
 */
export function imageErrors({ given, found }: LabelledImage, minScore: number): ImageErrors {
  const drawn = labelledBoxes(given);
  const boxes = predictedBoxes(found.filter(({ scores }) => scores[0]! >= minScore));
  const outcomes = Array.from(matchDetections([drawn], [boxes])[0]!, (hit): Outcome => byHit[hit]!);
  const taken = new Set(match(drawn, boxes, { prefer: 'score', labels: 'same' }).map(({ first }) => first));
  const free = given.filter(({ iscrowd }) => !iscrowd).filter((_, object) => !taken.has(object));
  const counts = (box: number): boolean => outcomes[box] === 'false';
  const confused = match(labelledBoxes(free), boxes, { prefer: 'score', counts });
  for (const { second } of confused) outcomes[second] = 'wrong-class';
  return { outcomes, missed: free.length - confused.length };
}
