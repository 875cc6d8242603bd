/** Things to look at: what each of them shows, what looking costs, and how often each is there. */
export interface Looks {
  readonly found: ArrayLike<number>;
  readonly cost: ArrayLike<number>;
  readonly times: ArrayLike<number>;
}

export function totalCost({ cost, times }: Looks): number {
  let total = 0;
  for (let row = 0; row < times.length; row++) total += times[row]! * cost[row]!;
  return total;
}

/** How far an order is from random (0) to the best there is (1): of the areas under the share of
 * all findings against the share of the whole cost. */
export function gain(looks: Looks, order: ArrayLike<number>, best: ArrayLike<number>): number {
  return (areaUnderShares(looks, order) - 0.5) / (areaUnderShares(looks, best) - 0.5);
}

function areaUnderShares({ found, cost, times }: Looks, order: ArrayLike<number>): number {
  let [area, sum, paid] = [0, 0, 0];
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!;
    const more = times[row]! * found[row]!;
    const price = times[row]! * cost[row]!;
    area += price * (sum + more / 2);
    sum += more;
    paid += price;
  }
  return area / (sum * paid);
}

/** How many times what random ones show the first of an order show, for that cost. */
export function lift({ found, cost, times }: Looks, order: ArrayLike<number>, budget: number): number {
  let [first, sum, paid] = [0, 0, 0];
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!;
    const more = times[row]! * found[row]!;
    const price = times[row]! * cost[row]!;
    if (paid < budget) first += price > 0 ? more * Math.min(1, (budget - paid) / price) : more;
    sum += more;
    paid += price;
  }
  return first / sum / (budget / paid);
}

/** Rows by value, large first, equal ones as they are. */
export function orderOf(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(values, (_, row) => row).sort((a, b) => byValue(values[b]!, values[a]!) || a - b);
}

function byValue(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
