import { matchBoxes } from '@qualm/strategies';
import type { LabelledBoxes } from '@qualm/strategies';
import type { LayerBox } from './seen-cell.ts';

/** How many things only one of two lists of boxes has, or that they call differently. */
export function countDifferences(
  first: readonly Pick<LayerBox, 'box' | 'label'>[],
  second: readonly Pick<LayerBox, 'box' | 'label'>[],
): number {
  const ids = new Map<string | null, number>();
  const flat = (boxes: typeof first): LabelledBoxes => ({
    boxes: Float64Array.from(boxes.flatMap(({ box }) => [...box])),
    labelIds: boxes.map(({ label }) => ids.get(label) ?? ids.set(label, ids.size).size - 1),
  });
  const matches = matchBoxes(flat(first), flat(second));
  const same = matches.filter(({ given, predicted }) => first[given]!.label === second[predicted]!.label);
  return first.length + second.length - matches.length - same.length;
}
