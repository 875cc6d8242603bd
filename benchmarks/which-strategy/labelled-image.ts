import type { Box2d } from '@qualm/types';

/** A photograph with the boxes that people drew and those that a detector found, under the same
 * label ids.
 */
export interface LabelledImage {
  readonly given: readonly GivenBox[];
  /** By best score, descending. */
  readonly found: readonly FoundBox[];
}

export interface GivenBox {
  readonly bbox: Box2d;
  readonly label_id: number;
  readonly iscrowd: boolean;
}

export interface FoundBox {
  readonly box: Box2d;
  /** Of all classes, descending. */
  readonly scores: Float32Array;
  /** The class of the best score. */
  readonly label_id: number;
}
