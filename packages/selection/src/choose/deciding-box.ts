import { leastSure } from '@qualm/strategies';
import type { Aggregation } from '@qualm/strategies';
import type { RankOrder } from '@qualm/types';

/** The box that is shown beside the number of an image. */
export interface DecidingBox {
  /** Its place among the values. */
  readonly place: number;
  /** Whether the image's number is that of this box; else it is made of all boxes, and this one is
   * the least sure.
   */
  readonly isItsOwn: boolean;
}

/** Which of the boxes from `start` to below `end`, one at least, the number of their image comes
 * from.
 */
export function decidingBox(
  values: ArrayLike<number>,
  [start, end]: readonly [number, number],
  order: RankOrder,
  { which }: Aggregation,
): DecidingBox {
  const isItsOwn = which !== undefined || end - start === 1;
  return { place: (which ?? leastSure.which!)(values, start, end, order), isItsOwn };
}
