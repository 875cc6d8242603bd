import type { Column } from '@qualm/types';

/** The mean negative log-likelihood of labels under softmax(b z), and its first two derivatives by
 * b. It is convex in b.
 */
export interface ScaledLikelihood {
  readonly nll: number;
  readonly slope: number;
  readonly curvature: number;
}

/** The likelihood as a function of b = 1 / temperature; a single class is the logit of a yes or no.
 * With u = z less the row's largest, a row adds ln sum exp(b u) - b u_label, whose derivatives are
 * the mean of u less u_label, and the variance of u, under softmax(b u).
 */
export function scaledLikelihood(
  logits: Float64Array,
  labels: Column<number>,
  numClasses: number,
): (scale: number) => ScaledLikelihood {
  return (scale) => {
    const sums = { nll: 0, slope: 0, curvature: 0 };
    for (let row = 0; row < labels.length; row++) {
      const label = labels.at(row)!;
      if (numClasses === 1) addBinary(sums, scale, label === 1 ? logits[row]! : -logits[row]!);
      else addRow(sums, scale, logits, row * numClasses, numClasses, label);
    }
    const { nll, slope, curvature } = sums;
    return { nll: nll / labels.length, slope: slope / labels.length, curvature: curvature / labels.length };
  };
}

type Sums = { -readonly [Key in keyof ScaledLikelihood]: number };

function addRow(
  sums: Sums,
  scale: number,
  logits: Float64Array,
  from: number,
  numClasses: number,
  label: number,
): void {
  let largest = -Infinity;
  for (let i = from; i < from + numClasses; i++) largest = Math.max(largest, logits[i]!);
  let total = 0;
  let first = 0;
  let second = 0;
  for (let i = from; i < from + numClasses; i++) {
    const u = logits[i]! - largest;
    const weight = Math.exp(scale * u);
    if (weight === 0) continue;
    total += weight;
    first += weight * u;
    second += weight * u * u;
  }
  const mean = first / total;
  const ofLabel = logits[from + label]! - largest;
  sums.nll += Math.log(total) - scale * ofLabel;
  sums.slope += mean - ofLabel;
  sums.curvature += Math.max(0, second / total - mean * mean);
}

/** The row of a yes or no whose logit for what is true is `logit`. */
function addBinary(sums: Sums, scale: number, logit: number): void {
  const odds = Math.exp(-scale * Math.abs(logit));
  const share = odds / (1 + odds);
  const missing = logit < 0 ? 1 - share : share;
  sums.nll += Math.log1p(odds) + Math.max(0, -scale * logit);
  sums.slope -= missing * logit;
  sums.curvature += share * (1 - share) * logit * logit;
}
