/** Numbers moved so that `low` becomes 0 and `high` 1; those beyond, and infinite ones, are put
 * at the nearer end. All are 0.5 where `low` is `high`; NaN stays NaN. */
export function unitValues(values: ArrayLike<number>, [low, high]: readonly [number, number]): Float64Array {
  // Halves, so that a span of more than the greatest number does not become infinite.
  const half = high - low < Infinity ? 1 : 0.5;
  const span = high * half - low * half;
  const units = new Float64Array(values.length);
  for (let row = 0; row < units.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) units[row] = NaN;
    else if (span === 0) units[row] = value < low ? 0 : value > high ? 1 : 0.5;
    else units[row] = Math.min(1, Math.max(0, (value * half - low * half) / span));
  }
  return units;
}

/** The least and the greatest finite number; undefined where there is none. */
export function finiteExtent(values: ArrayLike<number>): readonly [number, number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
