/* Resampling with weights in fixed point, first along rows and then along columns, rounded to bytes in between: Pillow's
 * `Image.resize` for 8 bits (`Resample.c`), bit for bit.
 *
 * The weights of an axis lie at an address: for each output, the index of its first input (u32), then as many groups of two
 * taps as the axis needs. A weight of 22 fractional bits is split into a high part and 11 low bits, so that 16-bit products
 * add up exactly: a group is high, high, low, low (i16). */

const lowBits: i32 = 11;
const fractionBits: i32 = 22;
const groupBytes: usize = 8;

/** Bytes from the weights of one output to those of the next. */
// @ts-ignore: decorator
@inline
export function weightBytes(groups: i32): usize {
  return 4 + <usize>groups * groupBytes;
}

// @ts-ignore: decorator
@inline
function rounded(high: v128, low: v128): v128 {
  const half = i32x4.splat(1 << (fractionBits - 1));
  return i32x4.shr_s(i32x4.add(i32x4.add(i32x4.shl(high, lowBits), low), half), fractionBits);
}

/** The channels of the first two of four pixels, as pairs of 16 bits. */
// @ts-ignore: decorator
@inline
export function pairs(four: v128): v128 {
  return v128.shuffle<i8>(four, i32x4.splat(0), 0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3, 16, 7, 16);
}

// @ts-ignore: decorator
@inline
function laterPairs(four: v128): v128 {
  return v128.shuffle<i8>(four, i32x4.splat(0), 8, 16, 12, 16, 9, 16, 13, 16, 10, 16, 14, 16, 11, 16, 15, 16);
}

/** One pixel, its channels as 32-bit sums. */
// @ts-ignore: decorator
@inline
function pixelOf(row: usize, weights: usize, groups: i32): v128 {
  const from = row + (<usize>load<u32>(weights) << 2);
  const four = v128.load(from);
  const first = pairs(four);
  let high = i32x4.dot_i16x8_s(first, v128.load32_splat(weights, 4));
  let low = i32x4.dot_i16x8_s(first, v128.load32_splat(weights, 8));
  if (groups == 2) {
    const second = laterPairs(four);
    high = i32x4.add(high, i32x4.dot_i16x8_s(second, v128.load32_splat(weights, 12)));
    low = i32x4.add(low, i32x4.dot_i16x8_s(second, v128.load32_splat(weights, 16)));
    return rounded(high, low);
  }
  const end = weights + weightBytes(groups);
  for (let tap = weights + 12, at = from + 8; tap < end; tap += groupBytes, at += 8) {
    const next = pairs(v128.load64_zero(at));
    high = i32x4.add(high, i32x4.dot_i16x8_s(next, v128.load32_splat(tap)));
    low = i32x4.add(low, i32x4.dot_i16x8_s(next, v128.load32_splat(tap, 4)));
  }
  return rounded(high, low);
}

// @ts-ignore: decorator
@inline
function resampleRowBy(target: usize, row: usize, count: i32, weights: usize, groups: i32): void {
  const step = weightBytes(groups);
  for (let x = 0; x < count; x += 4, target += 16, weights += 4 * step) {
    const a = pixelOf(row, weights, groups);
    const b = pixelOf(row, weights + step, groups);
    const c = pixelOf(row, weights + 2 * step, groups);
    const d = pixelOf(row, weights + 3 * step, groups);
    v128.store(target, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
  }
}

/** Writes `count` pixels out of a row of pixels, rounded up to a multiple of four: so many outputs have weights. */
export function resampleRow(target: usize, row: usize, count: i32, weights: usize, groups: i32): void {
  // Shrinking to more than half by the bilinear filter takes four taps.
  if (groups == 2) resampleRowBy(target, row, count, weights, 2);
  else resampleRowBy(target, row, count, weights, groups);
}
/** Writes one row of `stride` bytes out of rows that lie as far apart. */
export function resampleColumns(target: usize, rows: usize, stride: usize, weights: usize, groups: i32): void {
  const start = rows + <usize>load<u32>(weights) * stride;
  const end = weights + weightBytes(groups);
  for (let x: usize = 0; x < stride; x += 16, target += 16) {
    let from = start + x;
    let h0 = i32x4.splat(0), h1 = h0, h2 = h0, h3 = h0, l0 = h0, l1 = h0, l2 = h0, l3 = h0;
    for (let tap = weights + 4; tap < end; tap += groupBytes, from += stride << 1) {
      const upper = v128.load(from);
      const lower = v128.load(from + stride);
      const left = v128.shuffle<i8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const right = v128.shuffle<i8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const p0 = i16x8.extend_low_i8x16_u(left), p1 = i16x8.extend_high_i8x16_u(left);
      const p2 = i16x8.extend_low_i8x16_u(right), p3 = i16x8.extend_high_i8x16_u(right);
      const high = v128.load32_splat(tap);
      const low = v128.load32_splat(tap, 4);
      h0 = i32x4.add(h0, i32x4.dot_i16x8_s(p0, high));
      h1 = i32x4.add(h1, i32x4.dot_i16x8_s(p1, high));
      h2 = i32x4.add(h2, i32x4.dot_i16x8_s(p2, high));
      h3 = i32x4.add(h3, i32x4.dot_i16x8_s(p3, high));
      l0 = i32x4.add(l0, i32x4.dot_i16x8_s(p0, low));
      l1 = i32x4.add(l1, i32x4.dot_i16x8_s(p1, low));
      l2 = i32x4.add(l2, i32x4.dot_i16x8_s(p2, low));
      l3 = i32x4.add(l3, i32x4.dot_i16x8_s(p3, low));
    }
    const left = i16x8.narrow_i32x4_s(rounded(h0, l0), rounded(h1, l1));
    const right = i16x8.narrow_i32x4_s(rounded(h2, l2), rounded(h3, l3));
    v128.store(target, i8x16.narrow_i16x8_u(left, right));
  }
}
