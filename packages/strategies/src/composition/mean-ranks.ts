import { topRows } from '@qualm/types/rows';

/** The rank of each number among all that are not NaN, from 1 for the least; equal ones share the
 * mean of their ranks: shape [n] -> [n], NaN for NaN. As `scipy.stats.rankdata` with
 * `nan_policy="omit"`. */
export function meanRanks(values: ArrayLike<number>): { readonly ranks: Float64Array; readonly numRanked: number } {
  const rows = topRows(values, 'ascending');
  const ranks = new Float64Array(values.length).fill(NaN);
  let start = 0;
  while (start < rows.length && !Number.isNaN(values[rows[start]!]!)) {
    const value = values[rows[start]!]!;
    let end = start + 1;
    while (end < rows.length && values[rows[end]!] === value) end++;
    for (let place = start; place < end; place++) ranks[rows[place]!] = (start + 1 + end) / 2;
    start = end;
  }
  return { ranks, numRanked: start };
}
