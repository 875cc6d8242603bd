import { boxesFromRows, wrongArgument } from '@qualm/types';
import type { Boxes, Box2d, BoxSpace, GroundTruth } from '@qualm/types';

/** A row of ground truth, with the field names of COCO: an annotation of a COCO file is one. */
export interface BoxAnnotation {
  readonly bbox: Box2d<BoxSpace>;
  readonly label_id: number;
  /** Whether the box is around a crowd, of which each member may be found. */
  readonly iscrowd?: boolean;
}

/** The annotations of one image as `Boxes`, in their order, with those around crowds apart: a box
 * cannot match a crowd.
 * @throws RangeError when it is not a list.
 * @example labelledBoxes([{ bbox: new Box2d(1, 2, 3, 4), label_id: 7 }]).boxes // Float64Array [1, 2, 3, 4]
 */
export function labelledBoxes(annotations: Iterable<BoxAnnotation>): Boxes & GroundTruth {
  const isList = typeof annotations === 'object' && annotations !== null && Symbol.iterator in annotations;
  if (!isList) throw wrongArgument('labelledBoxes', 'annotations', annotations, 'a list such as [{ bbox, label_id }]');
  const all = [...annotations];
  const crowds = all.filter(({ iscrowd }) => iscrowd);
  const objects = boxesOf(all.filter(({ iscrowd }) => !iscrowd));
  return crowds.length === 0 ? objects : Object.assign(objects, { crowds: boxesOf(crowds) });
}

function boxesOf(annotations: readonly BoxAnnotation[]): Boxes {
  return boxesFromRows(annotations.map(({ bbox: box, label_id }) => ({ box, label_id })));
}
