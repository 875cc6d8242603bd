/* The sum of each row's p, and of its p ln p, in float64. `src/uncertainty/entropy-sums.ts` does the same operations in the same
 * order, so that both give the same bits: what changes here changes there. */

import { input, storePair } from './chunk';

export { input, inputBytes, output, outputBytes } from './chunk';

/** `src/uncertainty/log-table.ts` says what the caller puts here: 1/c and ln c for each c. */
export const table = memory.data(524288, 16);

/** Rows that sum to less are left to the caller: float32's subnormals, which the table lacks, would count there. */
const leastSum: f64 = 9.094947017729282e-13; // 2^-40

export function reduceFloat32(rows: i32, numClasses: i32): void {
  const whole = <usize>(numClasses >> 1) << 3;
  let at = input;
  for (let row = 0; row < rows; row++) {
    let sums = f64x2.splat(0);
    let sumsOfLogs = f64x2.splat(0);
    for (const end = at + whole; at < end; at += 8) {
      const p = f64x2.promote_low_f32x4(v128.load64_zero(at));
      sums = f64x2.add(sums, p);
      sumsOfLogs = f64x2.add(sumsOfLogs, timesLog(p, entryOf(at), entryOf(at + 4)));
    }
    if (numClasses & 1) {
      const p = f64x2.promote_low_f32x4(v128.load32_zero(at));
      sums = f64x2.add(sums, p);
      sumsOfLogs = f64x2.add(sumsOfLogs, timesLog(p, entryOf(at), v128.load(table)));
      at += 4;
    }
    const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    const sumOfLogs = f64x2.extract_lane(sumsOfLogs, 0) + f64x2.extract_lane(sumsOfLogs, 1);
    storePair(row, sum >= leastSum ? sum : NaN, sumOfLogs);
  }
}

/** 1/c and ln c of the c nearest to the float at this address. */
// @ts-ignore: decorator
@inline
function entryOf(at: usize): v128 {
  const nearest = (load<u32>(at) + (1 << 16)) >> 17;
  return v128.load(table + (<usize>nearest << 4));
}

/** p ln p, where p = c (1 + r): ln p = ln c + r - r^2/2 + r^3/3 - r^4/4 + r^5/5. */
// @ts-ignore: decorator
@inline
function timesLog(p: v128, entry: v128, nextEntry: v128): v128 {
  const inverse = i64x2.shuffle(entry, nextEntry, 0, 2);
  const log = i64x2.shuffle(entry, nextEntry, 1, 3);
  const r = f64x2.sub(f64x2.mul(p, inverse), f64x2.splat(1));
  const square = f64x2.mul(r, r);
  const low = f64x2.sub(f64x2.mul(r, f64x2.splat(1.0 / 3)), f64x2.splat(0.5));
  const high = f64x2.sub(f64x2.mul(r, f64x2.splat(0.2)), f64x2.splat(0.25));
  const tail = f64x2.mul(square, f64x2.add(low, f64x2.mul(square, high)));
  return f64x2.mul(p, f64x2.add(f64x2.add(log, r), tail));
}
