import { packGreedily } from './pack-greedily.ts';
import type { Packable, Packing } from './packable.ts';

/** What is lost at most for not following differences that rounding makes, as a share of the whole.
 */
const negligible = 1e-12;

/** The rows that are worth the most together, by branch and bound: depth first, each row taken
 * before it is left out, and a branch given up when its bound is not above the best so far.
 * @returns the best that was found, and whether it took `maxSteps` at most to know that there is
 * none better.
 * @see Horowitz & Sahni 1974, Computing partitions with applications to the knapsack problem
 */
export function packExactly(packable: Packable, maxSteps: number): Packing & { readonly isBest: boolean } {
  const { values, costs, budget, boundFrom } = packable;
  const slack = negligible * boundFrom(0, 0);
  let best = packGreedily(packable);
  // What was packed, and the sums before each of it: taking away again would let rounding errors
  // grow.
  const places: number[] = [];
  const sumsBefore: [value: number, cost: number][] = [];
  let [place, value, cost, steps] = [0, 0, 0, 0];
  for (;;) {
    while (place < values.length && value + boundFrom(place, cost) > best.value + slack) {
      if (steps++ === maxSteps) return { ...best, isBest: false };
      if (cost + costs[place]! <= budget) {
        places.push(place);
        sumsBefore.push([value, cost]);
        value += values[place]!;
        cost += costs[place]!;
      }
      place++;
    }
    if (value > best.value + slack) best = { places: places.slice(), value, cost };
    const last = places.pop();
    if (last === undefined) return { ...best, isBest: true };
    [value, cost] = sumsBefore.pop()!;
    place = last + 1;
  }
}
