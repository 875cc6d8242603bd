import type { RankOrder } from '@qualm/types';

/** How one number comes from the numbers of a group: of an image, from those of its boxes. Anything
 * of this shape is one.
 */
export interface Aggregation {
  readonly name: string;
  /** Of `values[start]` to `values[end - 1]`, at least one and none of them NaN. `order` says which
   * of them are least sure.
   */
  readonly reduce: (values: ArrayLike<number>, start: number, end: number, order: RankOrder) => number;
  /** The place of the one value that the result is, the first of equals; absent where it is made of
   * several.
   */
  readonly which?: (values: ArrayLike<number>, start: number, end: number, order: RankOrder) => number;
  /** Which of the results come first, for values of this order; the same when absent.
   * @throws RangeError when the results of such values would mean nothing. */
  readonly orderOf?: (order: RankOrder) => RankOrder;
}
