/** Fills an array with the whole numbers of Parquet's hybrid of runs and packed bits.
 * @param bitWidth bits of a number, at most 24.
 * @throws RangeError for numbers that are wider, or bytes that end before the array is full.
 * @see Apache Parquet, Encodings, "Run Length Encoding / Bit-Packing Hybrid"
 * @example readIndexes(Uint8Array.of(4, 7), 3, new Int32Array(2)) // fills it with [7, 7]
 */
export function readIndexes(bytes: Uint8Array, bitWidth: number, values: Int32Array | Float32Array): void {
  if (bitWidth > 24) throw new RangeError(`readIndexes: a number has ${bitWidth} bits; expected at most 24`);
  let [at, filled] = [0, 0];
  while (filled < values.length) {
    const [header, from] = readVarint(bytes, at);
    if (header & 1) {
      const count = Math.min((header >>> 1) * 8, values.length - filled);
      unpack(bytes, from, bitWidth, values, filled, count);
      filled += count;
      at = from + (header >>> 1) * bitWidth;
    } else {
      const width = (bitWidth + 7) >> 3;
      let value = 0;
      for (let byte = 0; byte < width; byte++) value |= bytes[from + byte]! << (8 * byte);
      const end = Math.min(filled + (header >>> 1), values.length);
      values.fill(value, filled, end);
      filled = end;
      at = from + width;
    }
  }
  if (at > bytes.length) throw new RangeError(`readIndexes: ${bytes.length} bytes; expected ${at}`);
}

function readVarint(bytes: Uint8Array, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let [at, shift] = [from, 0]; at < bytes.length && shift < 32; at++, shift += 7) {
    value |= (bytes[at]! & 127) << shift;
    if (bytes[at]! < 128) return [value >>> 0, at + 1];
  }
  throw new RangeError(`readIndexes: the bytes end at ${bytes.length}, and a run was expected at ${from}`);
}

/** Numbers of `width` bits each, the lowest bits first. */
function unpack(
  bytes: Uint8Array,
  from: number,
  width: number,
  values: Int32Array | Float32Array,
  start: number,
  count: number,
): void {
  const mask = (1 << width) - 1;
  let [at, held, bits] = [from, 0, 0];
  for (let index = start; index < start + count; index++) {
    while (bits < width) {
      held |= bytes[at++]! << bits;
      bits += 8;
    }
    values[index] = held & mask;
    held >>>= width;
    bits -= width;
  }
}
