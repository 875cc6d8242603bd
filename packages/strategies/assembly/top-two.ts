/* The two largest scores of each row; the second is 0 where there is one class. Rows with a negative score, NaN, or a score
 * of 2 and more are left to the caller: all others have the two highest bits clear, and zeros may stand in for what is missing. */

import { input, storePair } from './chunk';

export { input, inputBytes, output, outputBytes } from './chunk';

export function reduceFloat32(rows: i32, numClasses: i32): void {
  reduce<f32>(rows, numClasses);
}

export function reduceFloat64(rows: i32, numClasses: i32): void {
  reduce<f64>(rows, numClasses);
}

const highestBits: u64 = 0xc0000000c0000000;
const highestBitsOfFloat64: u64 = 0xc000000000000000;

// @ts-ignore: decorator
@inline
function reduce<T>(rows: i32, numClasses: i32): void {
  const lanes = 16 / <i32>sizeof<T>();
  const whole = <usize>(numClasses & -lanes) * sizeof<T>();
  const rest = <usize>(numClasses & (lanes - 1)) * sizeof<T>();
  const kept = firstBytes(rest);
  const refused = i64x2.splat(sizeof<T>() == 4 ? highestBits : highestBitsOfFloat64);
  let at = input;
  for (let row = 0; row < rows; row++) {
    let first = i64x2.splat(0);
    let second = first;
    let bits = first;
    for (const end = at + whole; at < end; at += 16) {
      const scores = v128.load(at);
      bits = v128.or(bits, scores);
      second = v128.pmax<T>(second, v128.pmin<T>(first, scores));
      first = v128.pmax<T>(first, scores);
    }
    if (rest) {
      const scores = v128.and(v128.load(at), kept);
      bits = v128.or(bits, scores);
      second = v128.pmax<T>(second, v128.pmin<T>(first, scores));
      first = v128.pmax<T>(first, scores);
      at += rest;
    }
    const other = i64x2.shuffle(first, first, 1, 0);
    second = v128.pmax<T>(v128.pmax<T>(second, i64x2.shuffle(second, second, 1, 0)), v128.pmin<T>(first, other));
    first = v128.pmax<T>(first, other);
    if (sizeof<T>() == 4) {
      const next = v128.shuffle<i32>(first, first, 1, 0, 3, 2);
      const nextSecond = v128.shuffle<i32>(second, second, 1, 0, 3, 2);
      second = v128.pmax<T>(v128.pmax<T>(second, nextSecond), v128.pmin<T>(first, next));
      first = v128.pmax<T>(first, next);
    }
    const isRefused = v128.any_true(v128.and(bits, refused));
    storePair(row, isRefused ? NaN : firstLane<T>(first), firstLane<T>(second));
  }
}

// @ts-ignore: decorator
@inline
function firstLane<T>(lanes: v128): f64 {
  return <f64>v128.extract_lane<T>(lanes, 0);
}

/** Ones in the first of 16 bytes. */
function firstBytes(count: usize): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.lt_s(places, i8x16.splat(<i8>count));
}
