import { match } from '@qualm/evaluation';
import { boxesFromRows } from '@qualm/types';
import type { Boxes } from '@qualm/types';
import type { DrawnBox } from '../scan/drawn-box.ts';

/** How many things only one of two lists of boxes has, or that they call differently. */
export function countDifferences(
  first: readonly Pick<DrawnBox, 'box' | 'label'>[],
  second: readonly Pick<DrawnBox, 'box' | 'label'>[],
): number {
  const ids = new Map<string | null, number>();
  const idOf = (label: string | null): number => ids.get(label) ?? ids.set(label, ids.size).size - 1;
  const flat = (boxes: typeof first): Boxes =>
    boxesFromRows(boxes.map(({ box, label }) => ({ box, label_id: idOf(label) })));
  const pairs = match(flat(first), flat(second));
  const same = pairs.filter((pair) => first[pair.first]!.label === second[pair.second]!.label);
  return first.length + second.length - pairs.length - same.length;
}
