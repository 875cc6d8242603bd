/** Whole numbers in Parquet's hybrid of runs and packed bits, of which it is known where each run lies. */
export interface IndexRuns {
  readonly bytes: Uint8Array;
  readonly bitWidth: number;
  readonly runs: readonly Run[];
}

interface Run {
  /** The places of its numbers: from `start` to below `end`. */
  readonly start: number;
  readonly end: number;
  /** The byte where they begin, or that they repeat. */
  readonly from: number;
  readonly isPacked: boolean;
}

/** The runs that hold so many numbers.
 * @param bitWidth bits of a number, at most 24.
 * @throws RangeError for numbers that are wider, or bytes that end too early.
 * @see Apache Parquet, Encodings, "Run Length Encoding / Bit-Packing Hybrid"
 */
export function findRuns(bytes: Uint8Array, bitWidth: number, length: number): IndexRuns {
  if (bitWidth > 24) throw new RangeError(`findRuns: a number has ${bitWidth} bits; expected at most 24`);
  const runs: Run[] = [];
  let at = 0;
  for (let start = 0; start < length;) {
    const [header, from] = readVarint(bytes, at);
    const isPacked = (header & 1) === 1;
    const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
    const end = Math.min(start + count, length);
    runs.push({ start, end, from, isPacked });
    at = from + (isPacked ? (header >>> 1) * bitWidth : (bitWidth + 7) >> 3);
    start = end;
  }
  if (at > bytes.length) throw new RangeError(`findRuns: ${bytes.length} bytes; expected ${at}`);
  return { bytes, bitWidth, runs };
}

/** Fills an array with the numbers from the first on.
 * @example readRuns(findRuns(Uint8Array.of(4, 7), 3, 2), new Int32Array(2)) // fills it with [7, 7]
 */
export function readRuns(indexes: IndexRuns, values: Int32Array | Float32Array): void {
  for (const run of indexes.runs) {
    if (run.isPacked) unpack(indexes, run, values);
    else values.fill(repeated(indexes, run), run.start, run.end);
  }
}

/** One of the numbers.
 * @example indexAt(findRuns(Uint8Array.of(4, 7), 3, 2), 1) // 7
 */
export function indexAt(indexes: IndexRuns, place: number): number {
  const { bytes, bitWidth, runs } = indexes;
  const run = runs[runAt(runs, place)]!;
  if (!run.isPacked) return repeated(indexes, run);
  const bit = (place - run.start) * bitWidth;
  const at = run.from + Math.floor(bit / 8);
  const held = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return (held >>> (bit % 8)) & ((1 << bitWidth) - 1);
}

/** The run that a number lies in. */
function runAt(runs: readonly Run[], place: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place < runs[middle]!.end) high = middle;
    else low = middle + 1;
  }
  return low;
}

function repeated({ bytes, bitWidth }: IndexRuns, { from }: Run): number {
  let value = 0;
  for (let byte = 0; byte < (bitWidth + 7) >> 3; byte++) value |= bytes[from + byte]! << (8 * byte);
  return value;
}

function readVarint(bytes: Uint8Array, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let [at, shift] = [from, 0]; at < bytes.length && shift < 32; at++, shift += 7) {
    value |= (bytes[at]! & 127) << shift;
    if (bytes[at]! < 128) return [value >>> 0, at + 1];
  }
  throw new RangeError(`findRuns: the bytes end at ${bytes.length}, and a run was expected at ${from}`);
}

/** Numbers of `bitWidth` bits each, the lowest bits first. */
function unpack({ bytes, bitWidth }: IndexRuns, { start, end, from }: Run, values: Int32Array | Float32Array): void {
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
