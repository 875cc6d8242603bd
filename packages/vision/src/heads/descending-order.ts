/** A sorter that reuses its memory: row indices by score descending, ties by lower index, NaN last.
 * The result is valid until the next call.
 * @see Knuth, The Art of Computer Programming, vol. 3, 5.2.5 (radix sort, least significant digit
 * first)
 * @example createDescendingOrder()(Float32Array.of(1, 3, 3), 3) // Int32Array [1, 2, 0]
 */
export function createDescendingOrder(): (scores: Float32Array, count: number) => Int32Array {
  let keys = new Uint32Array(0);
  let order = new Int32Array(0);
  let spare = new Int32Array(0);
  const histograms = new Int32Array(4 * 256);

  return (scores, count) => {
    if (keys.length < count) {
      keys = new Uint32Array(count);
      order = new Int32Array(count);
      spare = new Int32Array(count);
    }
    writeKeys(scores, count, keys, histograms);
    for (let row = 0; row < count; row++) order[row] = row;
    for (let digit = 0; digit < 4; digit++) {
      if (!startPositions(histograms, 256 * digit, count)) continue;
      for (let i = 0; i < count; i++) {
        const row = order[i]!;
        spare[histograms[256 * digit + ((keys[row]! >>> (8 * digit)) & 255)]!++] = row;
      }
      [order, spare] = [spare, order];
    }
    return order.subarray(0, count);
  };
}

function writeKeys(scores: Float32Array, count: number, keys: Uint32Array, histograms: Int32Array): void {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, count);
  histograms.fill(0);
  for (let row = 0; row < count; row++) {
    const key = descendingKey(scores[row]!, bits[row]!);
    keys[row] = key;
    histograms[key & 255]!++;
    histograms[256 + ((key >>> 8) & 255)]!++;
    histograms[512 + ((key >>> 16) & 255)]!++;
    histograms[768 + (key >>> 24)]!++;
  }
}

function descendingKey(score: number, bits: number): number {
  if (score > 0) return (~bits & 0x7fffffff) >>> 0;
  if (score < 0) return bits;
  return score === 0 ? 0x7fffffff : 0xffffffff;
}

function startPositions(histograms: Int32Array, from: number, count: number): boolean {
  let start = 0;
  for (let bucket = from; bucket < from + 256; bucket++) {
    const size = histograms[bucket]!;
    if (size === count) return false;
    histograms[bucket] = start;
    start += size;
  }
  return true;
}
