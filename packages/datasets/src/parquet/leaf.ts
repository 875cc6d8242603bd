import type { DecodedArray } from 'hyparquet';

/** One physical column of a row group, as flat arrays: no object per value. Under a repeated group
 * `values` holds the present values only; elsewhere it holds a null for each missing one.
 */
export interface Leaf {
  readonly path: readonly string[];
  readonly values: DecodedArray;
  /** One per slot; absent where the column and all groups above it are required. */
  readonly definitionLevels?: Uint8Array;
  /** One per slot; absent where nothing above the column repeats. */
  readonly repetitionLevels?: Uint8Array;
  /** The distinct values that `values` then holds indexes into. */
  readonly dictionary?: DecodedArray;
}
