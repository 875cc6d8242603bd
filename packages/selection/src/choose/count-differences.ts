import { match } from '@qualm/evaluation';
import type { BoxArrays } from '@qualm/types';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';

/** How many things only one of two lists of boxes has, or that they call differently. */
export function countDifferences(first: NamedBoxes, second: NamedBoxes): number {
  const ids = new Map<string | null, number>();
  const idOf = (name: string | null): number => ids.get(name) ?? ids.set(name, ids.size).size - 1;
  const byName = (boxes: NamedBoxes): BoxArrays => ({
    boxes: boxes.boxes,
    labelIds: Int32Array.from({ length: boxes.length }, (_, row) => idOf(bestName(boxes, row))),
  });
  const [ofFirst, ofSecond] = [byName(first), byName(second)];
  const pairs = match(ofFirst, ofSecond);
  const same = pairs.filter((pair) => ofFirst.labelIds[pair.first] === ofSecond.labelIds[pair.second]);
  return first.length + second.length - pairs.length - same.length;
}
