/** Weights of items from 0, of which one can be drawn by its weight. */
export interface SumTree {
  readonly total: () => number;
  readonly set: (item: number, weight: number) => void;
  /** The item at this place, from 0 to below `total`, when all weights are laid end to end. */
  readonly find: (place: number) => number;
  /** How far into the weight of the item the place of the last `find` was. */
  readonly offset: () => number;
}

/** A tree of sums over these weights, each 0 or more. Sums are worked out anew, not corrected, so
 * that no rounding piles up and a total of 0 says that all weights are. */
export function createSumTree(weights: Float64Array): SumTree {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, weights.length)));
  const sums = new Float64Array(2 * size);
  sums.set(weights, size);
  for (let node = size - 1; node > 0; node--) sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
  let offset = 0;
  return {
    total: () => sums[1]!,
    set: (item, weight) => {
      sums[size + item] = weight;
      for (let node = (size + item) >> 1; node > 0; node >>= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!;
    },
    find: (place) => {
      offset = place;
      let node = 1;
      while (node < size) {
        node *= 2;
        if (offset < sums[node]!) continue;
        offset -= sums[node]!;
        node++;
      }
      return node - size;
    },
    offset: () => offset,
  };
}
