/** What a number is taken away from to turn it over within its range: the sum of the range's
 * ends, or 0, which turns the sign, where there is no finite one. */
export function pivotOf(range: readonly [number, number] | undefined): number {
  const sum = range ? range[0] + range[1] : 0;
  return Number.isFinite(sum) ? sum : 0;
}

/** The range of numbers that were taken away from `pivot`. */
export function turnedRange([low, high]: readonly [number, number], pivot: number): readonly [number, number] {
  return [pivot - high, pivot - low];
}
