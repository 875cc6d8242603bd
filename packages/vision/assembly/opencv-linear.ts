/* OpenCV's `INTER_LINEAR` for bytes (`resize.cpp`), bit for bit: four pixels for each output however much it shrinks, weights
 * in 11 fractional bits, rows that keep 7 of them, which columns then lose.
 *
 * The weights of an axis lie at an address: for each output the index of its first input (u32), two weights (i16), and the index
 * of its second input (u32), which is the first again where the image ends. */

import { pairs } from './resample';

/** Bytes from the weights of one output to those of the next. */
const weightBytes: usize = 12;

/** What is kept of a pixel's 19 bits between the passes: 15. */
const droppedBits: i32 = 4;

// @ts-ignore: decorator
@inline
function between(row: usize, weights: usize): v128 {
  const two = v128.load64_zero(row + (<usize>load<u32>(weights) << 2));
  return i32x4.shr_s(i32x4.dot_i16x8_s(pairs(two), v128.load32_splat(weights, 4)), droppedBits);
}

/** Writes `count` pixels of four 16-bit numbers out of a row of pixels, rounded up to an even number. */
export function blendPixels(target: usize, row: usize, count: i32, weights: usize): void {
  for (let x = 0; x < count; x += 2, target += 16, weights += 2 * weightBytes) {
    v128.store(target, i16x8.narrow_i32x4_s(between(row, weights), between(row, weights + weightBytes)));
  }
}

/** The high 16 bits of products of 16 bits. */
// @ts-ignore: decorator
@inline
function highHalf(a: v128, b: v128): v128 {
  const low = i32x4.extmul_low_i16x8_s(a, b);
  const high = i32x4.extmul_high_i16x8_s(a, b);
  return v128.shuffle<i16>(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

// @ts-ignore: decorator
@inline
function blended(upper: v128, lower: v128, above: v128, below: v128): v128 {
  const sum = i16x8.add(highHalf(upper, above), highHalf(lower, below));
  return i16x8.shr_s(i16x8.add(sum, i16x8.splat(2)), 2);
}

/** Writes one row of four bytes a pixel out of two of the rows that `blendPixels` wrote `stride` bytes apart. */
export function blendRows(target: usize, rows: usize, stride: usize, weights: usize): void {
  let upper = rows + <usize>load<u32>(weights) * stride;
  let lower = rows + <usize>load<u32>(weights, 8) * stride;
  const above = v128.load16_splat(weights, 4);
  const below = v128.load16_splat(weights, 6);
  const end = upper + stride;
  for (; upper < end; upper += 32, lower += 32, target += 16) {
    const left = blended(v128.load(upper), v128.load(lower), above, below);
    const right = blended(v128.load(upper, 16), v128.load(lower, 16), above, below);
    v128.store(target, i8x16.narrow_i16x8_u(left, right));
  }
}
