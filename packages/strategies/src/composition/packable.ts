import { topRows } from '@qualm/types/rows';
import type { TieOptions } from '@qualm/types/rows';

/** Rows that fit a budget, each alone, and are worth something: by value for each unit of cost, the
 * most first.
 */
export interface Packable {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
  readonly costs: Float64Array;
  readonly budget: number;
  /** What the rows from this place on could add at most to what was spent: those that fit in
   * their order, and of the next one the part that does. */
  readonly boundFrom: (place: number, spent: number) => number;
}

/** Places of rows that were packed, in ascending order, and their sums. */
export interface Packing {
  readonly places: readonly number[];
  readonly value: number;
  readonly cost: number;
}

export function createPackable(
  candidates: Float64Array,
  costs: ArrayLike<number>,
  budget: number,
  ties: TieOptions,
): Packable {
  const isOffered = (value: number, row: number): boolean => value > 0 && costs[row]! <= budget;
  const densities = candidates.map((value, row) => (isOffered(value, row) ? value / costs[row]! : NaN));
  const numOffered = densities.reduce((count, density) => count + (Number.isNaN(density) ? 0 : 1), 0);
  const rows = topRows(densities, 'descending', { ...ties, limit: numOffered });
  const packed = {
    rows,
    values: gather(candidates, rows),
    costs: gather(costs, rows),
    budget,
  };
  return { ...packed, boundFrom: createBound(packed) };
}

function gather(numbers: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) gathered[place] = numbers[rows[place]!]!;
  return gathered;
}

function createBound({ values, costs, budget }: Omit<Packable, 'boundFrom'>): Packable['boundFrom'] {
  const [valueUpTo, costUpTo] = [sumsUpTo(values), sumsUpTo(costs)];
  return (place, spent) => {
    const reach = costUpTo[place]! + budget - spent;
    let [end, beyond] = [place, values.length + 1];
    while (beyond - end > 1) {
      const middle = (end + beyond) >> 1;
      if (costUpTo[middle]! <= reach) end = middle;
      else beyond = middle;
    }
    const whole = valueUpTo[end]! - valueUpTo[place]!;
    return end === values.length ? whole : whole + ((reach - costUpTo[end]!) * values[end]!) / costs[end]!;
  };
}

function sumsUpTo(numbers: Float64Array): Float64Array {
  const sums = new Float64Array(numbers.length + 1);
  for (let place = 0; place < numbers.length; place++) sums[place + 1] = sums[place]! + numbers[place]!;
  return sums;
}
