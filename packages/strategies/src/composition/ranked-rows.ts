import type { RankOrder } from '@qualm/types';
import { topRows } from '@qualm/types/rows';
import type { TieOptions } from '@qualm/types/rows';

/** The rows in order of rank, without those that have NaN. Put in order as they are asked for:
 * `expected` of them first, and four times as many each time that these do not suffice. */
export function* rankedRows(
  values: Float64Array,
  order: RankOrder,
  ties: TieOptions,
  expected: number,
): Generator<number> {
  let place = 0;
  for (let limit = Math.max(expected, 1024); place < values.length; limit *= 4) {
    const rows = topRows(values, order, { ...ties, limit: Math.min(limit, values.length) });
    for (; place < rows.length; place++) {
      const row = rows[place]!;
      if (Number.isNaN(values[row])) return;
      yield row;
    }
  }
}
