/* Rows of pixels, four bytes each: red, green, blue, and 255, as an opaque alpha. */

import { makeRoom, reserve } from './arena';
import { plane } from './planes';

/* Chroma of half the size is interpolated, near samples weighing 3 to 1: libjpeg's "fancy" upsampling (`jdsample.c`). These rows
 * hold the two kinds of chroma of one row, and sums of two rows before they are interpolated along the row. */
let blue: usize = 0;
let red: usize = 0;
let sums: usize = 0;

let width: i32 = 0;
let height: i32 = 0;
let components: i32 = 0;

/** Starts to write rows of the decoded planes. */
export function startRows(w: i32, h: i32, count: i32): void {
  width = w;
  height = h;
  components = count;
  blue = reserve(<usize>width + 32);
  red = reserve(<usize>width + 32);
  sums = reserve((<usize>width + 32) << 1);
}

/** Writes rows `from` to `to`, one behind the other. */
export function writeRows(target: usize, from: i32, to: i32): void {
  const rowBytes = <usize>width << 2;
  makeRoom(target + rowBytes * <usize>(to - from) + 64);
  for (let y = from; y < to; y++, target += rowBytes) writeRow(target, y);
}

function writeRow(target: usize, y: i32): void {
  const luma = plane(0);
  const from = luma.at + <usize>y * luma.stride;
  if (components == 1) return writeGrey(target, from);
  if (luma.across == 1) {
    const offset = <usize>y * plane(1).stride;
    return writeColour(target, from, plane(1).at + offset, plane(2).at + offset);
  }
  enlarge(blue, 1, y, luma.down == 2);
  enlarge(red, 2, y, luma.down == 2);
  writeColour(target, from, blue, red);
}

function writeGrey(target: usize, from: usize): void {
  for (let x = 0; x < width; x += 16, from += 16, target += 64) {
    const grey = v128.load(from);
    store4(target, grey, grey, grey);
  }
}

/** Twice as many columns, and row `y` of twice as many rows where `isTall`. */
function enlarge(target: usize, index: i32, y: i32, isTall: bool): void {
  const source = plane(index);
  const columns = (width + 1) >> 1;
  const row = isTall ? y >> 1 : y;
  const near = source.at + <usize>row * source.stride;
  const middle = sums + 16;
  if (isTall) {
    const last = ((height + 1) >> 1) - 1;
    const other = y & 1 ? min(row + 1, last) : max(row - 1, 0);
    addRows(middle, near, source.at + <usize>other * source.stride, columns);
  } else widenRow(middle, near, columns);
  // The outermost columns have themselves as neighbours.
  store<i16>(middle - 2, load<i16>(middle));
  store<i16>(middle + (<usize>columns << 1), load<i16>(middle + (<usize>columns << 1) - 2));
  if (isTall) interpolate(target, middle, columns, 8, 7, 4);
  else interpolate(target, middle, columns, 1, 2, 2);
}

function addRows(target: usize, near: usize, far: usize, columns: i32): void {
  const three = i16x8.splat(3);
  for (let x = 0; x < columns; x += 8, near += 8, far += 8, target += 16) {
    const nearer = i16x8.mul(v128.load_ext<u8>(near), three);
    v128.store(target, i16x8.add(nearer, v128.load_ext<u8>(far)));
  }
}

function widenRow(target: usize, from: usize, columns: i32): void {
  for (let x = 0; x < columns; x += 8, from += 8, target += 16) v128.store(target, v128.load_ext<u8>(from));
}

// @ts-ignore: decorator
@inline
function interpolate(target: usize, from: usize, columns: i32, left: i16, right: i16, shift: i32): void {
  const three = i16x8.splat(3);
  for (let x = 0; x < columns; x += 8, from += 16, target += 16) {
    const own = i16x8.mul(v128.load(from), three);
    const before = i16x8.add(i16x8.add(own, v128.load(from - 2)), i16x8.splat(left));
    const after = i16x8.add(i16x8.add(own, v128.load(from + 2)), i16x8.splat(right));
    v128.store(target, v128.or(i16x8.shr_u(before, shift), i16x8.shl(i16x8.shr_u(after, shift), 8)));
  }
}

/** From YCbCr as JFIF says, with libjpeg's rounding (`jdcolor.c`): products times 2^16, of which whole parts are taken out so
 * that 16 bits hold the factors. */
function writeColour(target: usize, luma: usize, blues: usize, reds: usize): void {
  const centre = i8x16.splat(-128);
  for (let x = 0; x < width; x += 16, luma += 16, blues += 16, reds += 16, target += 64) {
    const y = v128.load(luma);
    const cb = v128.xor(v128.load(blues), centre);
    const cr = v128.xor(v128.load(reds), centre);
    const yl = i16x8.extend_low_i8x16_u(y), yh = i16x8.extend_high_i8x16_u(y);
    const bl = i16x8.extend_low_i8x16_s(cb), bh = i16x8.extend_high_i8x16_s(cb);
    const rl = i16x8.extend_low_i8x16_s(cr), rh = i16x8.extend_high_i8x16_s(cr);
    // 1.402 = 1 + 26345 / 2^16; 1.772 = 2 - 14942 / 2^16; 0.34414 and 0.71414 = 22554 and 2^16 - 18734.
    const red = i8x16.narrow_i16x8_u(
      i16x8.add(i16x8.add(yl, rl), scaled(rl, 26345)),
      i16x8.add(i16x8.add(yh, rh), scaled(rh, 26345)),
    );
    const blue = i8x16.narrow_i16x8_u(
      i16x8.add(i16x8.add(yl, i16x8.shl(bl, 1)), scaled(bl, -14942)),
      i16x8.add(i16x8.add(yh, i16x8.shl(bh, 1)), scaled(bh, -14942)),
    );
    const green = i8x16.narrow_i16x8_u(
      i16x8.add(i16x8.sub(yl, rl), weighed(bl, rl)),
      i16x8.add(i16x8.sub(yh, rh), weighed(bh, rh)),
    );
    store4(target, red, green, blue);
  }
}

// @ts-ignore: decorator
@inline
function scaled(values: v128, factor: i16): v128 {
  const factors = i16x8.splat(factor);
  return narrowed(i32x4.extmul_low_i16x8_s(values, factors), i32x4.extmul_high_i16x8_s(values, factors));
}

// @ts-ignore: decorator
@inline
function weighed(blues: v128, reds: v128): v128 {
  const factors = i16x8(-22554, 18734, -22554, 18734, -22554, 18734, -22554, 18734);
  const low = v128.shuffle<i16>(blues, reds, 0, 8, 1, 9, 2, 10, 3, 11);
  const high = v128.shuffle<i16>(blues, reds, 4, 12, 5, 13, 6, 14, 7, 15);
  return narrowed(i32x4.dot_i16x8_s(low, factors), i32x4.dot_i16x8_s(high, factors));
}

// @ts-ignore: decorator
@inline
function narrowed(low: v128, high: v128): v128 {
  const half = i32x4.splat(32768);
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), 16), i32x4.shr_s(i32x4.add(high, half), 16));
}

// @ts-ignore: decorator
@inline
function store4(target: usize, red: v128, green: v128, blue: v128): void {
  const opaque = i8x16.splat(-1);
  const a = v128.shuffle<i8>(red, green, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const b = v128.shuffle<i8>(red, green, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const c = v128.shuffle<i8>(blue, opaque, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const d = v128.shuffle<i8>(blue, opaque, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(target, v128.shuffle<i16>(a, c, 0, 8, 1, 9, 2, 10, 3, 11), 0);
  v128.store(target, v128.shuffle<i16>(a, c, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(target, v128.shuffle<i16>(b, d, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(target, v128.shuffle<i16>(b, d, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}
