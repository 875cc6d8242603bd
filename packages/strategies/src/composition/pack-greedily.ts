import type { Packable, Packing } from './packable.ts';

/** All rows that fit, in their order, or the single one that is worth the most, if that is more:
 * at least half of what can be had.
 * @see Kellerer, Pferschy & Pisinger 2004, Knapsack Problems, section 2.5.3 */
export function packGreedily({ values, costs, budget }: Packable): Packing {
  const places: number[] = [];
  let [value, cost, single] = [0, 0, 0];
  for (let place = 0; place < values.length; place++) {
    if (values[place]! > values[single]!) single = place;
    if (cost + costs[place]! > budget) continue;
    places.push(place);
    value += values[place]!;
    cost += costs[place]!;
  }
  if (values.length > 0 && values[single]! > value)
    return { places: [single], value: values[single]!, cost: costs[single]! };
  return { places, value, cost };
}
