import { assertOneForEach } from '@qualm/types/rows';

/** Checks what candidates cost, and what may be spent.
 * @returns the cost of the cheapest; Infinity where there is no candidate.
 * @throws RangeError when there is not a cost for each row, one of a candidate is negative or not
 * finite, or the budget is not a number of 0 or more.
 */
export function leastCostOf(where: string, candidates: Float64Array, costs: ArrayLike<number>, budget: number): number {
  if (!(budget >= 0)) throw new RangeError(`${where}: budget is ${budget}; expected a number of 0 or more`);
  assertOneForEach(where, 'costs', costs, candidates.length);
  let least = Infinity;
  for (let row = 0; row < candidates.length; row++) {
    if (Number.isNaN(candidates[row])) continue;
    const cost = costs[row]!;
    if (!(cost >= 0 && cost < Infinity))
      throw new RangeError(`${where}: costs[${row}] is ${cost}; expected a number of 0 or more`);
    if (cost < least) least = cost;
  }
  return least;
}
