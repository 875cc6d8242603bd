import { finiteExtent, unitValues } from './unit-values.ts';

/** Numbers with their mean taken away, divided by their standard deviation, that of n, not n - 1:
 * shape [n] -> [n]. NaN and infinite ones stay as they are and do not count; numbers that are
 * all the same become 0. */
export function standardValues(values: ArrayLike<number>): Float64Array {
  // The same numbers, since neither shift nor scale matters, but with squares that cannot overflow.
  const units = unitValues(values, finiteExtent(values) ?? [0, 0]);
  let [count, sum, squares] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row]!)) continue;
    count++;
    sum += units[row]!;
  }
  const mean = sum / count;
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row]!)) squares += (units[row]! - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / count);
  return units.map((unit, row) => {
    if (!Number.isFinite(values[row]!)) return values[row]!;
    return deviation === 0 ? 0 : (unit - mean) / deviation;
  });
}
