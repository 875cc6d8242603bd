/** Whole numbers in Parquet's hybrid of runs and packed bits, of which it is known where each run
 * lies. There may be a run for every few numbers, so that these are flat arrays.
 */
export interface IndexRuns {
  readonly bytes: Uint8Array;
  readonly bitWidth: number;
  /** [runs]: the place after the last number of each. */
  readonly ends: readonly number[];
  /** [runs]: the byte where the numbers of each begin, or that they repeat. */
  readonly starts: readonly number[];
  /** [runs]: whether each holds packed bits. */
  readonly packed: readonly boolean[];
}

/** The runs that hold so many numbers.
 * @param bitWidth bits of a number, at most 24.
 * @throws RangeError for numbers that are wider, or bytes that end too early.
 * @see Apache Parquet, Encodings, "Run Length Encoding / Bit-Packing Hybrid"
 */
export function findRuns(bytes: Uint8Array, bitWidth: number, length: number): IndexRuns {
  if (bitWidth > 24) throw new RangeError(`findRuns: a number has ${bitWidth} bits; expected at most 24`);
  const ends: number[] = [];
  const starts: number[] = [];
  const packed: boolean[] = [];
  let at = 0;
  for (let end = 0; end < length;) {
    const header = varintAt(bytes, at);
    while (bytes[at++]! >= 128);
    const isPacked = (header & 1) === 1;
    const count = header >>> 1;
    end = Math.min(end + (isPacked ? 8 * count : count), length);
    ends.push(end);
    starts.push(at);
    packed.push(isPacked);
    at += isPacked ? count * bitWidth : (bitWidth + 7) >> 3;
  }
  if (at > bytes.length) throw new RangeError(`findRuns: ${bytes.length} bytes; expected ${at}`);
  return { bytes, bitWidth, ends, starts, packed };
}

/** Fills an array with the numbers from the first on.
 * @example readRuns(findRuns(Uint8Array.of(4, 7), 3, 2), new Int32Array(2)) // fills it with [7, 7]
 */
export function readRuns(runs: IndexRuns, values: Int32Array | Float32Array): void {
  const { bytes, bitWidth, ends, starts, packed } = runs;
  let place = 0;
  for (let run = 0; run < ends.length; run++) {
    const [from, end] = [starts[run]!, ends[run]!];
    if (packed[run]) unpack(bytes, from, bitWidth, values, place, end);
    else values.fill(repeated(runs, from), place, end);
    place = end;
  }
}

/** One of the numbers.
 * @example indexAt(findRuns(Uint8Array.of(4, 7), 3, 2), 1) // 7
 */
export function indexAt(runs: IndexRuns, place: number): number {
  const { bytes, bitWidth, ends, starts, packed } = runs;
  const run = runAt(ends, place);
  const from = starts[run]!;
  if (!packed[run]) return repeated(runs, from);
  const bit = (place - (ends[run - 1] ?? 0)) * bitWidth;
  const at = from + Math.floor(bit / 8);
  const held = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return (held >>> (bit % 8)) & ((1 << bitWidth) - 1);
}

/** The run that a number lies in. */
function runAt(ends: readonly number[], place: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place < ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

function repeated({ bytes, bitWidth }: IndexRuns, from: number): number {
  let value = 0;
  for (let byte = 0; byte < (bitWidth + 7) >> 3; byte++) value |= bytes[from + byte]! << (8 * byte);
  return value;
}

function varintAt(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from, shift = 0; at < bytes.length && shift < 32; at++, shift += 7) {
    value |= (bytes[at]! & 127) << shift;
    if (bytes[at]! < 128) return value >>> 0;
  }
  throw new RangeError(`findRuns: the bytes end at ${bytes.length}, and a run was expected at ${from}`);
}

/** Numbers of `bitWidth` bits each, the lowest bits first. */
function unpack(
  bytes: Uint8Array,
  from: number,
  bitWidth: number,
  values: Int32Array | Float32Array,
  start: number,
  end: number,
): void {
  const mask = (1 << bitWidth) - 1;
  let [at, held, bits] = [from, 0, 0];
  for (let index = start; index < end; index++) {
    while (bits < bitWidth) {
      held |= bytes[at++]! << bits;
      bits += 8;
    }
    values[index] = held & mask;
    held >>>= bitWidth;
    bits -= bitWidth;
  }
}
