import { assertArray, assertIterable } from '@qualm/types';
import { classColor, classColorPlace } from './class-color.ts';
import { classColors } from './class-colors.ts';
import type { Color } from './color.ts';

/** The colour of a class in one picture. */
export type PictureColors = (labelId: number) => Color;

/** For each picture the colours of its classes, of which no two are the same, up to as many as the
 * scheme has colours (24). A class has `classColor(id)`, and keeps it in all pictures, unless one
 * that is in more of them has that colour and stands beside it: then it has the first colour that
 * nothing beside it has. Only a class that has no such colour left in all pictures together differs
 * from one picture to another. The ids of other classes have `classColor(id)`.
 * @param pictures the label ids that are in each, in any order and as often as they are there
 * @param scheme colours of your own
 * @throws RangeError for an id that is not an integer, or a scheme without colours.
 * @example pictureColors([[1, 25]]).map((colorOf) => [colorOf(1), colorOf(25)]) // [['#56b4e9', '#e69f00']]
 */
export function pictureColors(
  pictures: Iterable<Iterable<number>>,
  scheme: readonly Color[] = classColors,
): PictureColors[] {
  assertIterable('pictureColors', 'its pictures', pictures, 'the label ids of each picture, such as [[1, 25]]');
  assertArray('pictureColors', 'its scheme', scheme, "an array of colours, such as ['tomato', '#e69f00']");
  const all = Array.from(pictures, (ids) => [...new Set(ids)].sort((a, b) => a - b));
  const counts = new Map<number, number>();
  for (const id of all.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const byCount = (ids: Iterable<number>): number[] =>
    [...ids].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const beside = neighboursOf(all);
  const common = placed(byCount(counts.keys()), {
    ...{ length: scheme.length, besideOf: (id) => beside.get(id)! },
    ownOf: (id) => classColorPlace(id, scheme),
  });
  return all.map((ids) => {
    const places = placed(byCount(ids), {
      ...{ length: scheme.length, besideOf: () => ids },
      ownOf: (id) => common.get(id)!,
    });
    return (id) => (places.has(id) ? scheme[places.get(id)!]! : classColor(id, scheme));
  });
}

/** With which classes each class is in a picture. */
function neighboursOf(pictures: readonly (readonly number[])[]): ReadonlyMap<number, ReadonlySet<number>> {
  const beside = new Map<number, Set<number>>();
  for (const ids of pictures)
    for (const id of ids) {
      const others = beside.get(id) ?? new Set();
      for (const other of ids) others.add(other);
      beside.set(id, others);
    }
  return beside;
}

/** A place for each class, in their order: its own where no class beside it has that, else the
 * first that none has, else the one that the fewest have.
 */
function placed(
  ids: readonly number[],
  {
    length,
    besideOf,
    ownOf,
  }: {
    readonly length: number;
    readonly besideOf: (id: number) => Iterable<number>;
    readonly ownOf: (id: number) => number;
  },
): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const id of ids) {
    const taken = new Uint32Array(length);
    for (const other of besideOf(id)) if (places.has(other)) taken[places.get(other)!]!++;
    const own = ownOf(id);
    const least = taken.reduce((a, b) => Math.min(a, b));
    places.set(id, taken[own] === least ? own : taken.indexOf(least));
  }
  return places;
}
