import { Box2d } from '@qualm/types';
import type { TrueObject, TruePicture } from './true-pictures.ts';

/** What somebody answers who knows what people drew. */
export type BoxAnswer =
  | { readonly kind: 'object'; readonly label: string; readonly overlap: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unsure' };

/** Answers questions about pictures by what people drew there: a box is the object that it overlaps
 * most, by half at least, unless that has a box already.
 */
export interface Oracle {
  box(image: number, edges: readonly [number, number, number, number]): BoxAnswer;
  /** The objects that have no box yet. */
  missed(image: number): readonly TrueObject[];
}

const leastOverlap = 0.5;

export function createOracle(pictures: ReadonlyMap<number, TruePicture>): Oracle {
  const boxed = new Set<TrueObject>();
  return {
    box(image, edges) {
      const box = new Box2d(...edges);
      const { objects, crowds } = pictures.get(image)!;
      const overlaps = objects
        .map((object) => ({ object, overlap: object.box.iou(box) }))
        .filter(({ overlap }) => overlap >= leastOverlap)
        .sort((one, two) => two.overlap - one.overlap);
      const free = overlaps.find(({ object }) => !boxed.has(object));
      if (free) {
        boxed.add(free.object);
        return { kind: 'object', label: free.object.label, overlap: free.overlap };
      }
      const isInCrowd =
        overlaps.length === 0 &&
        crowds.some((crowd) => (box.intersection(crowd.box)?.area ?? 0) >= leastOverlap * box.area);
      return { kind: isInCrowd ? 'unsure' : 'nothing' };
    },
    missed(image) {
      const left = pictures.get(image)!.objects.filter((object) => !boxed.has(object));
      for (const object of left) boxed.add(object);
      return left;
    },
  };
}
