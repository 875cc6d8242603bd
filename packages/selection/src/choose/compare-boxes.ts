import { match } from '@qualm/evaluation';
import type { BoxPair } from '@qualm/evaluation';
import type { BoxArrays } from '@qualm/types';
import { bestName } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';

/** A thing that two lists of boxes both have, as places in them. */
export interface ComparedPair extends BoxPair {
  /** Whether they give it the same class. */
  readonly isSame: boolean;
}

/** What two lists of boxes of one image both have: boxes that overlap by half or more, those of one
 * class first; each box is in one pair at most, and what is in none is had by one alone.
 */
export function compareBoxes(first: NamedBoxes, second: NamedBoxes): ComparedPair[] {
  const ids = new Map<string | null, number>();
  const idOf = (name: string | null): number => ids.get(name) ?? ids.set(name, ids.size).size - 1;
  const byName = (boxes: NamedBoxes): BoxArrays => ({
    boxes: boxes.boxes,
    labelIds: Int32Array.from({ length: boxes.length }, (_, row) => idOf(bestName(boxes, row))),
  });
  const [ofFirst, ofSecond] = [byName(first), byName(second)];
  return match(ofFirst, ofSecond).map((pair) => ({
    ...pair,
    isSame: ofFirst.labelIds[pair.first] === ofSecond.labelIds[pair.second],
  }));
}
