/* One 8x8 block: its coefficients out of the stream, then its samples out of the coefficients. */

import { extend, fastBits, longEntry } from './huffman-table';

/** The next bits of the stream, the first of them highest. */
let bits: u64 = 0;
/** How many of `bits` are valid. */
let count: i32 = 0;
/** Where the next word of the stream lies. */
let at: usize = 0;

/** Whether the block that was read has no coefficient but the first. */
let isFlat: bool = false;

/** The 64 coefficients, row by row, and a place for none. */
const coefficients = memory.data(65 * 2, 16);
const nowhere: u32 = 64;

/** A quantisation table in the form that `readBlock` wants: for each position along the zigzag, the byte offset of the coefficient
 * and, in the high half, its step. Runs that are too long lead to positions 64 to 79, which are the last coefficient, as in
 * libjpeg; the end of a block leads beyond. */
const numPositions: usize = 144;
const positionBytes: usize = numPositions * 4;
const positions = memory.data(4 * 144 * 4, 16);

const zigzag = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35,
  42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]);

export function quantisation(destination: i32): usize {
  return positions + <usize>destination * positionBytes;
}

/** Takes the 64 steps of a DQT segment of 8 bits. */
export function setQuantisation(destination: i32, source: usize): void {
  const table = quantisation(destination);
  for (let k: usize = 0; k < 80; k++) {
    const from = min<usize>(k, 63);
    store<u32>(table + (k << 2), (<u32>load<u8>(zigzag + from) << 1) | (<u32>load<u8>(source + from) << 16));
  }
  for (let k: usize = 80; k < numPositions; k++) store<u32>(table + (k << 2), nowhere << 1);
}

/** Starts to read a stream made by `copyEntropyCoded`. */
export function startStream(source: usize): void {
  bits = 0;
  count = 0;
  at = source;
}

/** How many bits were taken from the stream since `source`. */
export function bitsTaken(source: usize): i64 {
  return (<i64>(at - source) << 3) - count;
}

/** Reads a block's coefficients, times their steps.
 * @param steps of `quantisation`
 * @param prediction the DC coefficient of the block before; the new one is returned
 */
export function readBlock(dc: usize, ac: usize, steps: usize, prediction: i32): i32 {
  clearCoefficients();
  let word = bits;
  let valid = count;
  let from = at;
  if (valid <= 32) {
    word |= (<u64>load<u32>(from)) << (32 - valid);
    from += 4;
    valid += 32;
  }
  let entry = load<u32>(dc + <usize>((word >> (64 - fastBits)) << 2));
  if (!(entry & 31)) entry = longEntry(dc, false, <u32>(word >> 48));
  let value = valueOf(entry, word);
  word <<= entry & 31;
  valid -= entry & 31;
  prediction += value;
  store<i16>(coefficients, prediction * (load<i32>(steps) >> 16));

  let k: u32 = 0;
  let last: u32 = 0;
  do {
    if (valid <= 32) {
      word |= (<u64>load<u32>(from)) << (32 - valid);
      from += 4;
      valid += 32;
    }
    entry = load<u32>(ac + <usize>((word >> (64 - fastBits)) << 2));
    if (!(entry & 31)) entry = longEntry(ac, true, <u32>(word >> 48));
    value = valueOf(entry, word);
    word <<= entry & 31;
    valid -= entry & 31;
    last = k;
    k += (entry >> 5) & 127;
    const step = load<u32>(steps + <usize>(k << 2));
    store<i16>(coefficients + <usize>(step & 0xffff), value * <i32>(step >> 16));
  } while (k < 63);

  isFlat = last == 0;
  bits = word;
  count = valid;
  at = from;
  return prediction;
}

/** The value of an entry, whose bits may still be in the stream. */
// @ts-ignore: decorator
@inline
function valueOf(entry: u32, word: u64): i32 {
  const size = (entry >> 12) & 15;
  if (!size) return <i32>entry >> 16;
  return extend(<i32>((word << ((entry & 31) - size)) >> (64 - size)), size);
}

function clearCoefficients(): void {
  const zero = i32x4.splat(0);
  v128.store(coefficients, zero, 0);
  v128.store(coefficients, zero, 16);
  v128.store(coefficients, zero, 32);
  v128.store(coefficients, zero, 48);
  v128.store(coefficients, zero, 64);
  v128.store(coefficients, zero, 80);
  v128.store(coefficients, zero, 96);
  v128.store(coefficients, zero, 112);
}

/** Writes the samples of the block that `readBlock` read: the accurate integer transform of libjpeg (`jidctint.c`), after
 * Loeffler, Ligtenberg and Moschytz 1989, so the same bytes as of libjpeg's default.
 * @param stride bytes from one row of `target` to the next
 */
export function writeSamples(target: usize, stride: usize): void {
  if (isFlat) return writeFlat(target, stride);
  if (hasRowsBelow()) transform(11);
  else spreadRow();
  transform(18);
  for (let row: usize = 0; row < 8; row += 2) {
    const from = coefficients + (row << 4);
    const bytes = v128.xor(i8x16.narrow_i16x8_s(v128.load(from), v128.load(from, 16)), i8x16.splat(-128));
    v128.store64_lane(target, bytes, 0);
    v128.store64_lane(target + stride, bytes, 1);
    target += stride << 1;
  }
}

function hasRowsBelow(): bool {
  const a = v128.or(v128.load(coefficients, 16), v128.load(coefficients, 32));
  const b = v128.or(v128.load(coefficients, 48), v128.load(coefficients, 64));
  const c = v128.or(v128.load(coefficients, 80), v128.load(coefficients, 96));
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, v128.load(coefficients, 112))));
}

/** What `transform(11)` makes of a block of which only the first row is not zero. It wraps where that saturates, as libjpeg-turbo's
 * does, which again only broken files show. */
function spreadRow(): void {
  const row = i16x8.shl(v128.load(coefficients), 2);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 0, 0, 0, 0, 0, 0, 0, 0), 0);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 1, 1, 1, 1, 1, 1, 1, 1), 16);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 2, 2, 2, 2, 2, 2, 2, 2), 32);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 3, 3, 3, 3, 3, 3, 3, 3), 48);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 4, 4, 4, 4, 4, 4, 4, 4), 64);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 5, 5, 5, 5, 5, 5, 5, 5), 80);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 6, 6, 6, 6, 6, 6, 6, 6), 96);
  v128.store(coefficients, v128.shuffle<i16>(row, row, 7, 7, 7, 7, 7, 7, 7, 7), 112);
}

function writeFlat(target: usize, stride: usize): void {
  // The first pass of `transform` and its second.
  const column = <i16>(load<i16>(coefficients) << 2);
  const sample = i16x8.splat((column + 16) >> 5);
  const bytes = v128.xor(i8x16.narrow_i16x8_s(sample, sample), i8x16.splat(-128));
  for (let row = 0; row < 8; row++, target += stride) v128.store64_lane(target, bytes, 0);
}

// @ts-ignore: decorator
@inline
function pair(a: i16, b: i16): v128 {
  return i16x8(a, b, a, b, a, b, a, b);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// @ts-ignore: decorator
@inline
function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}

// @ts-ignore: decorator
@inline
function descale(low: v128, high: v128, shift: i32): v128 {
  const half = i32x4.splat(1 << (shift - 1));
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), shift), i32x4.shr_s(i32x4.add(high, half), shift));
}

/** One dimension of the transform on the eight columns of the block, which is then transposed. Constants are those of the paper
 * times 2^13, sums of two where two products share a factor.
 * @param shift what the results are divided by, as a power of two
 */
// @ts-ignore: decorator
@inline
function transform(shift: i32): void {
  const r0 = v128.load(coefficients, 0);
  const r1 = v128.load(coefficients, 16);
  const r2 = v128.load(coefficients, 32);
  const r3 = v128.load(coefficients, 48);
  const r4 = v128.load(coefficients, 64);
  const r5 = v128.load(coefficients, 80);
  const r6 = v128.load(coefficients, 96);
  const r7 = v128.load(coefficients, 112);

  // Sums of 16 bits wrap as those of libjpeg-turbo do, which only broken files show.
  const plus = i16x8.add(r0, r4), minus = i16x8.sub(r0, r4);
  const l26 = low(r2, r6), h26 = high(r2, r6);
  const even2 = pair(4433, 4433 - 15137), even3 = pair(4433 + 6270, 4433);
  const one = i16x8.splat(8192);
  const l0 = i32x4.extmul_low_i16x8_s(plus, one), h0 = i32x4.extmul_high_i16x8_s(plus, one);
  const l1 = i32x4.extmul_low_i16x8_s(minus, one), h1 = i32x4.extmul_high_i16x8_s(minus, one);
  const l2 = dot(l26, even2), h2 = dot(h26, even2), l3 = dot(l26, even3), h3 = dot(h26, even3);
  const l10 = i32x4.add(l0, l3), h10 = i32x4.add(h0, h3), l13 = i32x4.sub(l0, l3), h13 = i32x4.sub(h0, h3);
  const l11 = i32x4.add(l1, l2), h11 = i32x4.add(h1, h2), l12 = i32x4.sub(l1, l2), h12 = i32x4.sub(h1, h2);

  const z3 = i16x8.add(r7, r3), z4 = i16x8.add(r5, r1);
  const lz = low(z3, z4), hz = high(z3, z4);
  const c3 = pair(9633 - 16069, 9633), c4 = pair(9633, 9633 - 3196);
  const lz3 = dot(lz, c3), hz3 = dot(hz, c3), lz4 = dot(lz, c4), hz4 = dot(hz, c4);
  const l71 = low(r7, r1), h71 = high(r7, r1), l53 = low(r5, r3), h53 = high(r5, r3);
  const o0 = pair(2446 - 7373, -7373), o3 = pair(-7373, 12299 - 7373);
  const o1 = pair(16819 - 20995, -20995), o2 = pair(-20995, 25172 - 20995);
  const lo0 = i32x4.add(dot(l71, o0), lz3), ho0 = i32x4.add(dot(h71, o0), hz3);
  const lo3 = i32x4.add(dot(l71, o3), lz4), ho3 = i32x4.add(dot(h71, o3), hz4);
  const lo1 = i32x4.add(dot(l53, o1), lz4), ho1 = i32x4.add(dot(h53, o1), hz4);
  const lo2 = i32x4.add(dot(l53, o2), lz3), ho2 = i32x4.add(dot(h53, o2), hz3);

  const s0 = descale(i32x4.add(l10, lo3), i32x4.add(h10, ho3), shift);
  const s7 = descale(i32x4.sub(l10, lo3), i32x4.sub(h10, ho3), shift);
  const s1 = descale(i32x4.add(l11, lo2), i32x4.add(h11, ho2), shift);
  const s6 = descale(i32x4.sub(l11, lo2), i32x4.sub(h11, ho2), shift);
  const s2 = descale(i32x4.add(l12, lo1), i32x4.add(h12, ho1), shift);
  const s5 = descale(i32x4.sub(l12, lo1), i32x4.sub(h12, ho1), shift);
  const s3 = descale(i32x4.add(l13, lo0), i32x4.add(h13, ho0), shift);
  const s4 = descale(i32x4.sub(l13, lo0), i32x4.sub(h13, ho0), shift);

  // Transposed by interleaving rows four apart, three times.
  const a0 = low(s0, s4), a1 = high(s0, s4), a2 = low(s1, s5), a3 = high(s1, s5);
  const a4 = low(s2, s6), a5 = high(s2, s6), a6 = low(s3, s7), a7 = high(s3, s7);
  const b0 = low(a0, a4), b1 = high(a0, a4), b2 = low(a1, a5), b3 = high(a1, a5);
  const b4 = low(a2, a6), b5 = high(a2, a6), b6 = low(a3, a7), b7 = high(a3, a7);
  v128.store(coefficients, low(b0, b4), 0);
  v128.store(coefficients, high(b0, b4), 16);
  v128.store(coefficients, low(b1, b5), 32);
  v128.store(coefficients, high(b1, b5), 48);
  v128.store(coefficients, low(b2, b6), 64);
  v128.store(coefficients, high(b2, b6), 80);
  v128.store(coefficients, low(b3, b7), 96);
  v128.store(coefficients, high(b3, b7), 112);
}
