import type { Box2d } from '@qualm/types';

/** A box of an image, whoever drew it. */
export interface LayerBox {
  readonly box: Box2d<'pixels'>;
  /** The name of its class; null where nobody named it. */
  readonly label: string | null;
  /** Null where people drew it. */
  readonly score: number | null;
  /** Which of the boxes that are stored of its image it is; absent of others' boxes. */
  readonly place?: number;
}

/** What was found in an image, with all that others say of it. */
export interface SeenImage {
  /** Of this image with what was found in it, for marks. */
  readonly id: string;
  readonly image_id: string | number;
  /** Null where the image is not a file. */
  readonly uri: string | null;
  /** Null where it could not be opened. */
  readonly width: number | null;
  readonly height: number | null;
  readonly boxes: readonly SeenBox[];
  /** What the others found or drew there, one list for each. */
  readonly others: readonly (readonly LayerBox[])[];
  /** That of them which another model found; empty without one. */
  readonly compared: readonly LayerBox[];
}

/** A box of a stored prediction. */
export interface SeenBox extends LayerBox {
  readonly score: number;
  /** Of this box of this class in this image, for marks. */
  readonly id: string;
  readonly place: number;
  readonly second: string | null;
  readonly secondScore: number | null;
  /** What each measure says. */
  readonly values: readonly number[];
}

/** A box or an image, with what each measure says of it. */
export interface SeenCell {
  readonly id: string;
  readonly image: SeenImage;
  /** The box that it is; null of an image. */
  readonly box: SeenBox | null;
  readonly values: readonly number[];
  /** For each measure, the box that the image's number comes from; none of a box, and of an image without one. */
  readonly deciding: readonly SeenDecision[];
}

/** What an image's number comes from. */
export interface SeenDecision {
  readonly box: SeenBox;
  /** The box's own number, where the image's is made of all boxes; else null. */
  readonly value: number | null;
}
