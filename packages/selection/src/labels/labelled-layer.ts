import { createBoxes } from '@qualm/types';
import type { Boxes, Label } from '@qualm/types';
import { withNames } from '../scan/named-boxes.ts';
import type { NamedBoxes } from '../scan/named-boxes.ts';
import type { OtherBoxes } from '../scan/other-boxes.ts';
import type { LabelledImages } from './labelled-images.ts';

/** What people drew in labelled images, to be drawn beside: the boxes in the order of their
 * annotations, then those around crowds, which say so.
 */
export function labelledLayer({ images, labels }: LabelledImages): OtherBoxes {
  const boxes = new Map(images.map(({ image_id, given }) => [String(image_id), layerOf(given, labels)]));
  return { name: 'labelled', createFinder: () => String, isModel: false, boxes, sizes: new Map() };
}

function layerOf(given: LabelledImages['images'][number]['given'], labels: readonly Label[]): NamedBoxes {
  const { crowds } = given;
  const all = crowds ? joined(given, crowds) : given;
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  // A label that is below 0 is of a crowd.
  return withNames(all, (id) => (id < 0 ? `${names.get(-1 - id)} (crowd)` : (names.get(id) ?? null)));
}

type Drawn = Pick<Boxes, 'labelIds'> & { readonly boxes: ArrayLike<number> };

function joined(
  objects: Drawn,
  crowds: { readonly boxes: ArrayLike<number>; readonly labelIds: ArrayLike<number> },
): Boxes {
  return createBoxes({
    boxes: Float64Array.from([...Array.from(objects.boxes), ...Array.from(crowds.boxes)]),
    labelIds: [...Array.from(objects.labelIds), ...Array.from(crowds.labelIds, (id) => -1 - id)],
  });
}
