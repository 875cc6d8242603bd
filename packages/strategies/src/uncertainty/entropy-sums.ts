import { rowOf } from '@qualm/types/rows';
import { logTable } from './log-table.ts';
import type { Finish } from '../simd/row-kernel.ts';

/** Rows that sum to less are scored by `score`: subnormals, which the table lacks, would count
 * there.
 */
const leastSum = 2 ** -40;

/** What the kernel of `assembly/entropy.ts` does, in the same order, so that both give the same
 * bits.
 *
 * p = c (1 + r) with c the nearest in the table, so |r| <= 2^-7, and ln p = ln c + r - r^2/2 +
 * r^3/3 - r^4/4 + r^5/5 leaves out less than |r|^6 / 6 < 4e-14.
 */
export function fillEntropies(
  matrix: Float32Array,
  numClasses: number,
  out: Float64Array,
  finish: Finish,
  score: (row: Float32Array) => number,
): void {
  const table = logTable();
  const bits = new Int32Array(matrix.buffer, matrix.byteOffset, matrix.length);
  for (let row = 0, at = 0; row < out.length; row++) {
    const end = at + numClasses;
    let [even, odd, evenLogs, oddLogs] = [0, 0, 0, 0];
    for (; at < end - 1; at += 2) {
      even += matrix[at]!;
      odd += matrix[at + 1]!;
      evenLogs += timesLog(matrix[at]!, bits[at]!, table);
      oddLogs += timesLog(matrix[at + 1]!, bits[at + 1]!, table);
    }
    if (at < end) {
      even += matrix[at]!;
      evenLogs += timesLog(matrix[at]!, bits[at]!, table);
      at++;
    }
    const value = even + odd >= leastSum ? finish(even + odd, evenLogs + oddLogs, numClasses) : NaN;
    out[row] = Number.isNaN(value) ? score(rowOf(matrix, row, numClasses)) : value;
  }
}

function timesLog(p: number, bits: number, table: Float64Array): number {
  const nearest = (bits + (1 << 16)) >>> 17;
  const r = p * table[2 * nearest]! - 1;
  const square = r * r;
  const tail = square * (r * (1 / 3) - 0.5 + square * (r * 0.2 - 0.25));
  return p * (table[2 * nearest + 1]! + r + tail);
}
