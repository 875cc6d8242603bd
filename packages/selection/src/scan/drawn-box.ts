import type { Box2d } from '@qualm/types';

/** A box of an image, whoever drew it, as a row that outlives its shard: the flat `Boxes` of a shard are let go of, and
 * two models or a model and people need not share label ids, so a class is its name here. */
export interface DrawnBox {
  readonly box: Box2d<'pixels'>;
  /** The name of its class; null where nobody named it. */
  readonly label: string | null;
  /** Null where people drew it. */
  readonly score: number | null;
  /** Which of the boxes that are stored of its image it is; absent of others' boxes. */
  readonly place?: number;
}
