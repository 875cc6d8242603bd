import type { TensorMap } from '@qualm/types';
import type { Anchors } from './anchors.ts';

/** The part of a head that knows one family of models: where boxes and scores lie in the raw outputs. */
export interface AnchorReader {
  /** Names of the outputs that it reads. */
  readonly outputs: readonly string[];
  /** The anchors of one image, valid until the next call.
   * @throws QualmError `shape-mismatch`
   */
  read(outputs: TensorMap, image: number): Anchors;
}
