/** 1/c and ln c, in turn, for the float32 numbers c whose last 17 bits are zero: 64 between a power
 * of two and the next. The index of c is its bits without those. Subnormals have the entry of zero,
 * whose log is never wanted; infinity, NaN and negative numbers have NaN.
 */
export function logTable(): Float64Array {
  table ??= createLogTable();
  return table;
}

let table: Float64Array | undefined;

function createLogTable(): Float64Array {
  const entries = new Float64Array(2 << 15).fill(NaN);
  const steps = Float64Array.from({ length: 64 }, (_, step) => 1 + step / 64);
  const logs = steps.map(Math.log);
  entries.fill(0, 0, 2 * 64);
  for (let index = 64; index < 255 * 64; index++) {
    const exponent = (index >> 6) - 127;
    entries[2 * index] = 2 ** -exponent / steps[index & 63]!;
    entries[2 * index + 1] = exponent * Math.LN2 + logs[index & 63]!;
  }
  return entries;
}
