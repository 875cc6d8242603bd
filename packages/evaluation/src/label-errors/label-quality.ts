import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertClassRows } from './assert-class-rows.ts';
import { confidentThresholds } from './confident-thresholds.ts';

/** What a label's quality is read from: the probability of the label; its lead over the likeliest
 * other class; or the row's entropy beside it. */
export type LabelQualityMethod = 'self-confidence' | 'normalized-margin' | 'confidence-weighted-entropy';

/** Options of `labelQuality`. */
export interface LabelQualityOptions {
  /** Default self-confidence. */
  readonly method?: LabelQualityMethod;
  /** Take each class's confident threshold from its probabilities before, so that a class of
   * which the model is never sure is not suspected as a whole. Default false. Not for
   * confidence-weighted entropy. */
  readonly adjusted?: boolean;
}

/** How likely each given label is right: row-major [n, numClasses] and n labels -> [n], 0..1,
 * **small is suspect** (`ascending`). With p the row and y its label:
 *
 * - `self-confidence`: p[y]
 * - `normalized-margin`: (p[y] - max over k other than y of p[k] + 1) / 2
 * - `confidence-weighted-entropy`: ln(1 + w) / w, with w = H(p) / ln(numClasses) / max(p[y],
 *   0.000001): 1 for w = 0, and 0 where all is certain and the label is another.
 *
 * `adjusted` works on p - t + max t, scaled to sum 1, with t the confident thresholds. A row with
 * NaN gives NaN; with `adjusted`, whose thresholds read all rows, it is an error. The probabilities
 * should come from a model that has not seen the row's label, as out-of-fold ones do.
 * @throws RangeError for a number outside 0..1, fewer than two classes, a label that is not a
 * class, or an unknown method.
 * @see `cleanlab.rank.get_label_quality_scores`; Kuan & Mueller 2022, Model-agnostic label quality
 * scoring to detect real-world label errors
 * @example labelQuality(Float64Array.of(0.9, 0.1, 0.2, 0.8), [0, 0], 2) // Float64Array [0.9, 0.2]
 */
export function labelQuality(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: LabelQualityOptions = {},
): Float64Array {
  assertOptions('labelQuality', options, "{ method: 'normalized-margin' }", 'options');
  const { method = 'self-confidence', adjusted = false } = options;
  if (!Object.hasOwn(methods, method)) {
    throw new RangeError(`labelQuality: method is "${method}"; expected one of ${Object.keys(methods).join(', ')}`);
  }
  if (adjusted && method === 'confidence-weighted-entropy') {
    throw new RangeError('labelQuality: confidence-weighted-entropy cannot be adjusted; expected another method');
  }
  const nan = adjusted ? 'refused' : 'allowed';
  const length = assertClassRows('labelQuality', probabilities, labels, numClasses, nan);
  const rows = adjusted ? withoutThresholds(probabilities, labels, numClasses) : probabilities;
  const qualityOf = methods[method];
  return Float64Array.from({ length }, (_, row) => {
    return qualityOf(rows.subarray(row * numClasses, (row + 1) * numClasses), labels.at(row)!);
  });
}

const methods: Readonly<Record<LabelQualityMethod, (row: Matrix, label: number) => number>> = {
  'self-confidence': (row, label) => (row.some(Number.isNaN) ? NaN : row[label]!),
  'normalized-margin': normalizedMargin,
  'confidence-weighted-entropy': confidenceWeightedEntropy,
};

function normalizedMargin(row: Matrix, label: number): number {
  let other = -Infinity;
  for (let k = 0; k < row.length; k++) if (k !== label) other = Math.max(other, row[k]!);
  return (row[label]! - other + 1) / 2;
}

const leastConfidence = 1e-6;

function confidenceWeightedEntropy(row: Matrix, label: number): number {
  let sumOfLogs = 0;
  for (const p of row) if (p !== 0) sumOfLogs += p * Math.log(p);
  if (sumOfLogs === 0) return row[label]! > 0 ? 1 : 0;
  const weighted = -sumOfLogs / Math.log(row.length) / Math.max(row[label]!, leastConfidence);
  return Math.log1p(weighted) / weighted;
}

function withoutThresholds(probabilities: Matrix, labels: Column<number>, numClasses: number): Float64Array {
  const thresholds = confidentThresholds(probabilities, labels, numClasses);
  const most = Math.max(...thresholds);
  const adjusted = Float64Array.from(probabilities, (p, i) => p - thresholds[i % numClasses]! + most);
  for (let from = 0; from < adjusted.length; from += numClasses) {
    const row = adjusted.subarray(from, from + numClasses);
    const sum = row.reduce((total, value) => total + value, 0);
    row.forEach((value, k) => (row[k] = value / sum));
  }
  return adjusted;
}
