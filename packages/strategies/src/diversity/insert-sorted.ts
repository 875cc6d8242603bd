/** Puts a number into a sorted array, whose last one falls out. */
export function insertSorted(sorted: Float64Array, value: number): void {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! > value) to = middle;
    else from = middle + 1;
  }
  if (from === sorted.length) return;
  sorted.copyWithin(from + 1, from, sorted.length - 1);
  sorted[from] = value;
}
