import { wrongArgument } from '@qualm/types';
import type { Box2d, BoxSpace } from '@qualm/types';
import type { LabelledBoxes } from '@qualm/types/rows';

/** A box that somebody drew: an annotation of a COCO file is one. */
export interface BoxAnnotation {
  readonly bbox: Box2d<BoxSpace>;
  readonly label_id: number;
  /** Whether the box is around a crowd, of which each member may be found. */
  readonly iscrowd?: boolean;
}

/** The annotations of one image as flat arrays, in their order, those around crowds apart: a crowd is no object that a box
 * could match.
 * @throws RangeError for what is no list.
 * @example labelledBoxes([{ bbox: new Box2d(1, 2, 3, 4), label_id: 7 }]).boxes // Float64Array [1, 2, 3, 4]
 */
export function labelledBoxes(annotations: Iterable<BoxAnnotation>): LabelledBoxes {
  const isList = typeof annotations === 'object' && annotations !== null && Symbol.iterator in annotations;
  if (!isList) throw wrongArgument('labelledBoxes', 'annotations', annotations, 'a list such as [{ bbox, label_id }]');
  const all = [...annotations];
  const crowds = all.filter(({ iscrowd }) => iscrowd);
  const objects = flatBoxes(all.filter(({ iscrowd }) => !iscrowd));
  return crowds.length === 0 ? objects : { ...objects, crowds: flatBoxes(crowds) };
}

function flatBoxes(annotations: readonly BoxAnnotation[]): LabelledBoxes {
  return {
    boxes: Float64Array.from(annotations.flatMap(({ bbox }) => [...bbox])),
    labelIds: Int32Array.from(annotations, ({ label_id }) => label_id),
  };
}
