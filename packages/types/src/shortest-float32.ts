/** The double whose decimal is shortest among those that round to the same float32; other numbers
 * as they are.
 * @example shortestFloat32(Math.fround(0.1)) // 0.1
 */
export function shortestFloat32(value: number): number {
  if (value === 0 || !Number.isFinite(value) || Math.fround(value) !== value) return value;
  for (let digits = 6; digits <= 8; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
