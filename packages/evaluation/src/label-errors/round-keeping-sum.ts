/** Whole numbers near `values`, none further than it must be, whose sum is that of the values,
 * rounded. What is missing after each was rounded (halves to even) goes to those that were
 * rounded down most, the last of equals first; what is too much is taken from those that were
 * rounded up most, the first of equals first. */
export function roundKeepingSum(values: Float64Array): Float64Array {
  const rounded = values.map(roundHalfToEven);
  const missing = roundHalfToEven(sumOf(values)) - sumOf(rounded);
  const places = Array.from(values.keys()).sort((a, b) => values[a]! - rounded[a]! - (values[b]! - rounded[b]!));
  if (missing > 0) places.reverse();
  // Each was rounded by half at most, so there are enough places for one each.
  for (const place of places.slice(0, Math.abs(missing))) rounded[place]! += Math.sign(missing);
  return rounded;
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
