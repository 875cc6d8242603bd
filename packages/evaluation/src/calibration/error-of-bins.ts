import type { ReliabilityTable } from './bin-outcomes.ts';

export type CalibrationNorm = 'l1' | 'l2' | 'max';

/** The gaps of all bins in one number; NaN where there are no rows. */
export function errorOfBins(where: string, { count, gap }: ReliabilityTable, norm: CalibrationNorm): number {
  if (norm !== 'l1' && norm !== 'l2' && norm !== 'max') {
    throw new RangeError(`${where}: norm is "${String(norm)}"; expected l1, l2 or max`);
  }
  let rows = 0;
  let sum = 0;
  let largest = 0;
  for (let bin = 0; bin < count.length; bin++) {
    if (count[bin] === 0) continue;
    const distance = Math.abs(gap[bin]!);
    rows += count[bin]!;
    sum += count[bin]! * (norm === 'l2' ? distance ** 2 : distance);
    largest = Math.max(largest, distance);
  }
  if (rows === 0) return NaN;
  if (norm === 'max') return largest;
  return norm === 'l2' ? Math.sqrt(sum / rows) : sum / rows;
}
