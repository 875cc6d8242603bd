const mostBuckets = 1 << 16;

/** The rows of `among` in buckets of values: a row in an earlier bucket has a smaller
 * `sign * value`, and rows of one value share a bucket. NaN has the last one to itself. Buckets
 * after the one with which `limit` rows are reached are left out.
 * @returns the rows, bucket after bucket, each in the order in which they came; and where each
 * bucket that is not empty ends.
 */
export function bucketRows(
  values: ArrayLike<number>,
  among: Uint32Array,
  sign: 1 | -1,
  limit: number,
): { readonly rows: Uint32Array; readonly ends: readonly number[] } {
  const numBuckets = bucketsFor(among.length);
  const bucketOf = evenBuckets(values, among, sign, numBuckets);
  const starts = new Uint32Array(numBuckets + 1);
  for (const row of among) starts[bucketOf(values[row]!)]!++;
  const ends: number[] = [];
  let end = 0;
  let lastBucket = -1;
  for (let bucket = 0; bucket <= numBuckets && end < limit; bucket++) {
    const count = starts[bucket]!;
    starts[bucket] = end;
    end += count;
    lastBucket = bucket;
    if (count > 0) ends.push(end);
  }
  const rows = new Uint32Array(end);
  for (const row of among) {
    const bucket = bucketOf(values[row]!);
    if (bucket <= lastBucket) rows[starts[bucket]!++] = row;
  }
  return { rows, ends };
}

/** Few rows need few buckets, which are all looked at. */
function bucketsFor(rows: number): number {
  let buckets = 1 << 8;
  while (buckets < rows && buckets < mostBuckets) buckets *= 2;
  return buckets;
}

/** A bucket for each value, of equal width between the least and the greatest finite one.
 * Rounding never puts a greater value into an earlier bucket; where the width is not finite, or
 * nothing, they share one. */
function evenBuckets(
  values: ArrayLike<number>,
  among: Uint32Array,
  sign: 1 | -1,
  numBuckets: number,
): (value: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const row of among) {
    const value = sign * values[row]!;
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  const scale = (numBuckets - 1) / (high - low);
  const isEven = scale > 0 && scale < Infinity;
  return (value) => {
    const key = sign * value;
    if (key <= low) return key < low ? 0 : 1;
    if (key > high) return numBuckets - 1;
    if (key !== key) return numBuckets;
    return isEven ? 1 + Math.min(numBuckets - 3, Math.floor((key - low) * scale)) : 1;
  };
}
