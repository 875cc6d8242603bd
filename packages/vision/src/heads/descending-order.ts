/** A sorter that reuses its memory: row indices by score descending, ties by lower index, NaN last.
 * The result is valid until the next call. As many buckets as rows take the rows by their float's
 * bits, evenly where scores lie anyhow between orders of magnitude; insertion puts in order what
 * shares a bucket, or a comparison sort where too much does.
 * @see Knuth, The Art of Computer Programming, vol. 3, 5.2.1 (multiple list insertion)
 * @example createDescendingOrder()(Float32Array.of(1, 3, 3), 3) // Int32Array [1, 2, 0]
 */
export function createDescendingOrder(): (scores: Float32Array, count: number) => Int32Array {
  let floats = new Float32Array(0);
  let keys = new Int32Array(0);
  let ends = new Int32Array(0);
  let order = new Int32Array(0);
  let rows = order;

  return (scores, count) => {
    if (keys.length < count) {
      floats = new Float32Array(count);
      keys = new Int32Array(floats.buffer);
      ends = new Int32Array(count + 1);
      order = new Int32Array(count);
    }
    if (rows.length !== count || rows.buffer !== order.buffer) rows = order.subarray(0, count);
    writeKeys(scores, count, floats, keys);
    distribute(keys, ends, rows);
    if (!insert(keys, rows)) rows.sort((a, b) => keys[a]! - keys[b]!);
    return rows;
  };
}

/** Keys that are ordered as scores are, the other way round.
 * @param keys the bits of `floats`
 */
function writeKeys(scores: Float32Array, count: number, floats: Float32Array, keys: Int32Array): void {
  for (let row = 0; row < count; row++) {
    const score = scores[row]!;
    floats[row] = score;
    const bits = keys[row]!;
    keys[row] = score > 0 ? -bits : score < 0 ? bits & 0x7fffffff : score === 0 ? 0 : 0x7fffffff;
  }
}

/** Puts rows of lower keys into lower buckets, and rows of one bucket as they came. */
function distribute(keys: Int32Array, ends: Int32Array, rows: Int32Array): void {
  const count = rows.length;
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < count; row++) {
    const key = keys[row]!;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const scale = (count - 0.5) / (most - least + 1);
  ends.fill(0, 0, count + 1);
  for (let row = 0; row < count; row++) ends[1 + (((keys[row]! - least) * scale) | 0)]!++;
  for (let bucket = 1, end = 0; bucket < count; bucket++) ends[bucket] = end += ends[bucket]!;
  for (let row = 0; row < count; row++) rows[ends[((keys[row]! - least) * scale) | 0]!++] = row;
}

/** So many steps for each row are cheaper than comparisons. */
const fewSteps = 16;

/** Sorts rows that are nearly sorted; false where there is more to do than that. */
function insert(keys: Int32Array, rows: Int32Array): boolean {
  let steps = fewSteps * rows.length;
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    const key = keys[row]!;
    let at = i;
    while (at > 0 && keys[rows[at - 1]!]! > key) rows[at] = rows[--at]!;
    rows[at] = row;
    steps -= i - at;
    if (steps < 0) return false;
  }
  return true;
}
