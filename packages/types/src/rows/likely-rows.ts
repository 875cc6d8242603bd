const sampleSize = 1 << 14;

/** Rows among which the `limit` smallest of `sign * value` are, all that share a value with the
 * last of them included: those up to a cut that a sample of the values suggests. All rows where
 * that would save little, or the sample misled.
 */
export function likelyRows(values: ArrayLike<number>, sign: 1 | -1, limit: number): Uint32Array {
  const cut = limit * 8 < values.length ? cutOf(values, sign, limit) : NaN;
  const rows = rowsUpTo(values, sign, cut);
  return rows.length >= limit ? rows : Uint32Array.from({ length: values.length }, (_, row) => row);
}

/** The value in the sample below which `limit` rows are to be expected, four standard deviations on
 * the safe side.
 */
function cutOf(values: ArrayLike<number>, sign: 1 | -1, limit: number): number {
  const size = Math.min(sampleSize, values.length);
  const step = values.length / size;
  const sample = Float64Array.from({ length: size }, (_, place) => sign * values[Math.floor(place * step)]!).sort();
  const expected = limit / step;
  return sample[Math.ceil(expected + 4 * Math.sqrt(expected) + 4)] ?? NaN;
}

/** None for NaN. */
function rowsUpTo(values: ArrayLike<number>, sign: 1 | -1, cut: number): Uint32Array {
  let count = 0;
  for (let row = 0; row < values.length; row++) if (sign * values[row]! <= cut) count++;
  const rows = new Uint32Array(count);
  let place = 0;
  for (let row = 0; row < values.length && place < count; row++) if (sign * values[row]! <= cut) rows[place++] = row;
  return rows;
}
