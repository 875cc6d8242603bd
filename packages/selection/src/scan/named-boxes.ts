import { createBoxes } from '@qualm/types';
import type { Boxes, BoxShapes, ClassScores, Detections } from '@qualm/types';

/** Boxes of one image with the names of their classes: two models, or a model and people, need not
 * share label ids. */
export interface NamedBoxes extends Boxes {
  /** Null when the class has no name. */
  nameOf(labelId: number): string | null;
  /** What stands beside them; absent where they stand alone. */
  readonly shapes?: BoxShapes;
  /** [measures][n]: what another model's scores say of each of its boxes, null for a measure that
   * was not asked; absent where none was.
   */
  readonly numbers?: readonly (Float64Array | null)[];
  /** [n]: which of the boxes that are stored of the image each is, from 0; absent for what people
   * drew.
   */
  readonly places?: Int32Array;
}

/** The boxes of one image that count, in memory of their own: nothing of their shard is held. */
export type FoundBoxes = (Detections | ClassScores) &
  NamedBoxes & {
    /** [n]: which of the boxes that are stored of the image each is, from 0. */
    readonly places: Int32Array;
  };

/** What is found where nothing was predicted. */
export const noBoxes: NamedBoxes = withNames(createBoxes({ boxes: new Float32Array(), labelIds: [] }), () => null);

/** The same boxes, which know the names of their classes. */
export function withNames<Own extends Boxes>(boxes: Own, nameOf: NamedBoxes['nameOf']): Own & NamedBoxes {
  return Object.assign(boxes, { nameOf });
}

/** Some of the boxes, by their rows. */
export function someBoxes(all: NamedBoxes, rows: readonly number[]): NamedBoxes {
  const { boxes, labelIds, scores, numClasses, shapes, numbers, places, nameOf } = all;
  const classes = rows.flatMap((row) => Array.from({ length: numClasses }, (_, at) => row * numClasses + at));
  const arrays = {
    boxes: Float32Array.from({ length: 4 * rows.length }, (_, at) => boxes[4 * rows[at >> 2]! + (at & 3)]!),
    labelIds: Int32Array.from(classes, (cell) => labelIds[cell]!),
    ...(scores && { scores: Float32Array.from(classes, (cell) => scores[cell]!) }),
  };
  return Object.assign(withNames(createBoxes({ ...arrays, numClasses }), nameOf), {
    ...(shapes && { shapes: shapes.gather(rows) }),
    ...(numbers && { numbers: numbers.map((values) => values && Float64Array.from(rows, (row) => values[row]!)) }),
    ...(places && { places: Int32Array.from(rows, (row) => places[row]!) }),
  });
}

/** The name of the best class of a box. */
export function bestName({ labelIds, numClasses, nameOf }: NamedBoxes, row: number): string | null {
  return nameOf(labelIds[row * numClasses]!);
}

/** [classes] of a box, largest first. */
export function scoresOfBox({ scores, numClasses }: FoundBoxes, row: number): Float32Array {
  return scores.subarray(row * numClasses, (row + 1) * numClasses);
}
