import type { Box2d } from '@qualm/types';
import type { GivenBox, LabelledImage } from './labelled-image.ts';

/** What a box above the operating threshold turned out to be. `in-crowd` is neither right nor wrong. */
export type Outcome = 'right' | 'wrong-class' | 'false' | 'in-crowd';

export interface ImageErrors {
  /** Of the boxes at or above the threshold, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Objects that no box found, not even under another class. */
  readonly missed: number;
}

const minIou = 0.5;

/** Holds the boxes at or above `minScore` against the objects, in the order of their scores. Each takes the free object of
 * its class that it overlaps most, by half at least; one without lies in a crowd of its class if half of it does. Then
 * each box that is left takes a free object of any class: it is one error, a wrong class, and not a false box and a
 * missed object.
 */
export function imageErrors({ given, found }: LabelledImage, minScore: number): ImageErrors {
  const crowds = given.filter(({ iscrowd }) => iscrowd);
  const free = new Set(given.filter(({ iscrowd }) => !iscrowd));
  const operating = found.filter(({ scores }) => scores[0]! >= minScore);
  const outcomes = operating.map(({ box, label_id }): Outcome => {
    if (take(free, box, label_id)) return 'right';
    return crowds.some((crowd) => crowd.label_id === label_id && halfInside(box, crowd.bbox)) ? 'in-crowd' : 'false';
  });
  operating.forEach(({ box }, index) => {
    if (outcomes[index] === 'false' && take(free, box, null)) outcomes[index] = 'wrong-class';
  });
  return { outcomes, missed: free.size };
}

/** Takes the object of that label, or of any, that the box overlaps most, and says whether there is one. */
function take(free: Set<GivenBox>, box: Box2d, label: number | null): boolean {
  let [best, taken] = [minIou, null as GivenBox | null];
  for (const object of free) {
    if (label !== null && object.label_id !== label) continue;
    const iou = box.iou(object.bbox);
    if (iou >= best) [best, taken] = [iou, object];
  }
  return taken !== null && free.delete(taken);
}

function halfInside(box: Box2d, crowd: Box2d): boolean {
  return (box.intersection(crowd)?.area ?? 0) >= minIou * box.area;
}
