import type { Column } from '@qualm/types';
import { canonicalRows, topRows } from '@qualm/types/rows';
import type { Matrix, TieOptions } from '@qualm/types/rows';
import { confidentJoint } from './confident-joint.ts';
import { rowsToPrune } from './rows-to-prune.ts';

/** So many rows of a label are to go, those of the greatest suspicion, which is read from the row
 * that begins at `from`. */
export interface Suspects {
  readonly count: number;
  readonly suspicion: (probabilities: Matrix, from: number) => number;
}

/** Whom to suspect of the rows with a label, whose counts of the confident joint these are. */
export type SuspectsOf = (label: number, counts: Uint32Array) => readonly Suspects[];

/** For each other class, as many rows as likely are of it, by its lead over the label. */
export const byNoiseRate: SuspectsOf = (label, counts) =>
  Array.from(counts, (count, k) => ({
    count: k === label ? 0 : count,
    suspicion: (probabilities, from) => probabilities[from + k]! - probabilities[from + label]!,
  }));

/** As many rows as likely are of any other class, by the label's own probability. */
export const byClass: SuspectsOf = (label, counts) => [
  {
    count: counts.reduce((sum, count) => sum + count, 0) - counts[label]!,
    suspicion: (probabilities, from) => -probabilities[from + label]!,
  },
];

/** Every label keeps one row at least. */
const minKept = 1;

/** 1 for each row that is to go. */
export function pruneRows(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  suspectsOf: SuspectsOf,
  ties: TieOptions,
): Uint8Array {
  const counts = rowsToPrune(confidentJoint(probabilities, labels, numClasses), numClasses, minKept);
  const found = new Uint8Array(labels.length);
  rowsByLabel(labels, numClasses, ties).forEach((rows, label) => {
    if (rows.length <= minKept) return;
    const ofLabel = counts.subarray(label * numClasses, (label + 1) * numClasses);
    for (const { count, suspicion } of suspectsOf(label, ofLabel)) {
      if (count === 0) continue;
      const values = Float64Array.from(rows, (row) => suspicion(probabilities, row * numClasses));
      for (const place of topRows(values, 'descending', { limit: count })) found[rows[place]!] = 1;
    }
  });
  return found;
}

function rowsByLabel(labels: Column<number>, numClasses: number, ties: TieOptions): number[][] {
  const rows: number[][] = Array.from({ length: numClasses }, () => []);
  for (const row of canonicalRows(labels.length, ties)) rows[labels.at(row)!]!.push(row);
  return rows;
}
