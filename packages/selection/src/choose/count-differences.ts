import { match } from '@qualm/evaluation';
import type { LabelledBoxes } from '@qualm/evaluation';
import type { DrawnBox } from '../scan/drawn-box.ts';

/** How many things only one of two lists of boxes has, or that they call differently. */
export function countDifferences(
  first: readonly Pick<DrawnBox, 'box' | 'label'>[],
  second: readonly Pick<DrawnBox, 'box' | 'label'>[],
): number {
  const ids = new Map<string | null, number>();
  const flat = (boxes: typeof first): LabelledBoxes => ({
    boxes: Float64Array.from(boxes.flatMap(({ box }) => [...box])),
    labelIds: boxes.map(({ label }) => ids.get(label) ?? ids.set(label, ids.size).size - 1),
  });
  const pairs = match(flat(first), flat(second));
  const same = pairs.filter((pair) => first[pair.first]!.label === second[pair.second]!.label);
  return first.length + second.length - pairs.length - same.length;
}
