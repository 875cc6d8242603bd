import type { NamedBoxes } from '../scan/named-boxes.ts';
import { compareBoxes } from './compare-boxes.ts';

/** How many things only one of two lists of boxes has, or that they call differently. */
export function countDifferences(first: NamedBoxes, second: NamedBoxes): number {
  const pairs = compareBoxes(first, second);
  return first.length + second.length - pairs.length - pairs.filter(({ isSame }) => isSame).length;
}
