/* Powers of float32 numbers as `src/heads/power.ts` computes them, to the last bit, each times a factor of its row. */

export const maxRows: i32 = 1 << 7;
export const maxNumbers: i32 = 1 << 13;
/** Vectors are read and written up to 12 bytes past the last number, here and below. */
export const numbers = memory.data(32768 + 16, 16);
export const powers = memory.data(32768 + 16, 16);
export const factors = memory.data(1024, 16);
/** Where a vector starts that has a number without a place in the tables: its powers are to be computed elsewhere. */
export const others = memory.data(8192 + 512, 16);
/** Of each step of the mantissa the inverse of its middle, and the power of that. */
export const steps = memory.data(2048, 16);
/** The power of each exponent. */
export const scales = memory.data(2048, 16);
/** Coefficients of the series, each twice. */
export const series = memory.data(80, 16);

/** How many of `others` there are. */
export function raise(rows: u32, columns: u32): u32 {
  const rowBytes = <usize>columns << 2;
  let count: u32 = 0;
  for (let row: u32 = 0, start: usize = 0; row < rows; row++, start += rowBytes) {
    const factor = v128.load64_splat(factors + (<usize>row << 3));
    for (let at = start; at < start + rowBytes; at += 16) {
      const words = v128.load(numbers + at);
      const isOther = i32x4.ge_u(i32x4.sub(words, i32x4.splat(0x00800000)), i32x4.splat(0x7f000000));
      if (v128.any_true(isOther)) {
        store<u32>(others + (<usize>count << 2), <u32>at >> 2);
        count++;
        continue;
      }
      const mantissas = v128.or(v128.and(words, i32x4.splat(0x007fffff)), i32x4.splat(0x3f800000));
      const low = f64x2.mul(factor, power(words, f64x2.promote_low_f32x4(mantissas), 0));
      const high = f64x2.mul(factor, power(words, f64x2.promote_low_f32x4(i64x2.shuffle(mantissas, mantissas, 1, 0)), 2));
      v128.store(powers + at, i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
    }
  }
  return count;
}

/** Of two numbers. */
// @ts-ignore: decorator
@inline
function power(words: v128, mantissas: v128, lane: u8): v128 {
  const first = lane ? i32x4.extract_lane(words, 2) : i32x4.extract_lane(words, 0);
  const second = lane ? i32x4.extract_lane(words, 3) : i32x4.extract_lane(words, 1);
  const a = v128.load(steps + stepOf(first));
  const b = v128.load(steps + stepOf(second));
  const r = f64x2.sub(f64x2.mul(mantissas, i64x2.shuffle(a, b, 0, 2)), f64x2.splat(1));
  let sum = f64x2.splat(1);
  for (let term: usize = 64; ; term -= 16) {
    sum = f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.mul(v128.load(series + term), r), sum));
    if (term === 0) break;
  }
  const scale = v128.load64_lane(scales + scaleOf(second), v128.load64_splat(scales + scaleOf(first)), 1);
  return f64x2.mul(f64x2.mul(scale, i64x2.shuffle(a, b, 1, 3)), sum);
}

// @ts-ignore: decorator
@inline
function stepOf(word: i32): usize {
  return <usize>((word >> 12) & 0x7f0);
}

// @ts-ignore: decorator
@inline
function scaleOf(word: i32): usize {
  return <usize>((word >> 20) & 0x7f8);
}
