import type { BoxShapes } from '@qualm/types';
import type { ImageOutcomes } from '../labels/image-outcomes.ts';
import type { OtherImage } from '../scan/other-images.ts';
import type { NamedBox } from '../scan/cell-ids.ts';

/** What a report shows in one cell, a box or an image, with what each measure says of it. It is
 * the same for the file, the folder and the server. */
export interface Cell {
  /** Of what is seen, for marks: see `cellIds`. */
  readonly id: string;
  readonly image: CellImage;
  /** The box that it is; null of an image. */
  readonly box: CellBox | null;
  /** [measures]: NaN where one says nothing. */
  readonly values: readonly number[];
  /** [compared measures]: what the other model's predictions say: of a box that both found, its
   * box there; of an image, all that it found. NaN where they say nothing; absent or none without
   * another model.
   */
  readonly otherValues?: readonly number[];
  /** What a list says of it beside the reason: a number of each column that was asked for. */
  readonly columns?: readonly number[];
  /** The same in words; null for none. */
  readonly words?: readonly (string | null)[];
  /** [measures]: the box that the image's number comes from; none of a box, and of an image without
   * one.
   */
  readonly deciding: readonly CellDecision[];
  /** Why it was chosen, in words; null where nobody says. */
  readonly reason: string | null;
  /** What people drew that it is about: what was missed, or what is likely wrong; absent where it
   * is about no label.
   */
  readonly drawn?: CellDrawn;
  /** The other model's box that it is, where only that model found it: `box` is null. */
  readonly other?: CellOther;
  /** [compared measures]: the other model's box that its number of an image comes from, null
   * without one; absent where cells are boxes.
   */
  readonly otherDeciding?: readonly (OtherDecision | null)[];
  /** Which of the kinds of the page it is. */
  readonly kind?: number;
}

/** A box that only the other model found, as a row. */
export interface CellOther extends NamedBox {
  /** Which of the boxes it is that the other model's layer has of the image. */
  readonly row: number;
}

/** What the other model's number of an image comes from. */
export interface OtherDecision extends Pick<CellDecision, 'value'> {
  /** Of its box in the other model's layer. */
  readonly row: number;
}

/** What people drew, as a row. */
export interface CellDrawn extends NamedBox {
  /** Which of all boxes that were drawn in the image it is. */
  readonly row: number;
  /** Null where its file gives none. */
  readonly annotationId: number | string | null;
}

/** The image of a cell. */
export interface CellImage extends Pick<OtherImage, 'layers'> {
  readonly image_id: string | number;
  /** Null where the image is not a file. */
  readonly uri: string | null;
  /** Pixels; null where it could not be opened. */
  readonly width: number | null;
  readonly height: number | null;
  /** What was found in it: of a cell that is a box, that box alone. */
  readonly boxes: readonly CellBox[];
  /** How many were; absent where nobody counted. */
  readonly numBoxes?: number;
  /** What both models found: which of the boxes that are stored of the image, and which of the
   * other model's; of a cell that is a box, that box alone. Null where the other model says nothing
   * of the image, and without one.
   */
  readonly pairs?: readonly (readonly [place: number, other: number])[] | null;
  /** What became of its boxes, where they were compared with labels. */
  readonly outcomes?: ImageOutcomes;
  /** The name of a class of these boxes, or its id where it has no name. */
  nameOf(labelId: number): string;
}

/** One of the `FoundBoxes` of an image as a row, with its own numbers. */
export interface CellBox extends NamedBox {
  /** Of the best class. */
  readonly score: number;
  /** The second best class; null where one score is stored. */
  readonly second: string | null;
  readonly secondScore: number | null;
  /** Which of the boxes that are stored of its image it is, from 0. */
  readonly place: number;
  /** [classes], largest first: the scores of all classes, or of the best one where no other is
   * stored. */
  readonly scores: Float32Array;
  /** [classes]: the label of each score. */
  readonly labelIds: Int32Array;
  /** Of this box of this class in this image, for marks. */
  readonly id: string;
  /** [measures]; empty where nobody measured the box. */
  readonly values: readonly number[];
  /** What stands beside it, as the only one; absent where it stands alone. */
  readonly shapes?: BoxShapes;
}

/** What an image's number comes from. */
export interface CellDecision {
  readonly box: CellBox;
  /** What the box adds, where the image's number is made of all boxes; else null. */
  readonly value: number | null;
}
