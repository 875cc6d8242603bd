import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import { createSelection, topRows } from '@qualm/types/rows';
import type { Matrix, SelectedRows, TieOptions } from '@qualm/types/rows';
import { assertClassRows } from './assert-class-rows.ts';
import { confidentClasses } from './confident-classes.ts';
import { labelQuality, type LabelQualityOptions } from './label-quality.ts';
import { byClass, byNoiseRate, pruneRows } from './prune-rows.ts';

/** Which rows count as errors: those that the confident joint counts off its diagonal, or as many
 * by each of its counts as it says. */
export type LabelErrorFilter = 'prune-by-noise-rate' | 'prune-by-class' | 'both' | 'confident-learning';

/** Options of `findLabelErrors`. */
export interface FindLabelErrorsOptions extends LabelQualityOptions, TieOptions {
  /** Default prune-by-noise-rate. */
  readonly filter?: LabelErrorFilter;
}

/** The rows whose labels are likely wrong, worst label quality first: row-major [n, numClasses] and
 * n labels to a selection, whose picks say which class is likelier. By `filter`:
 *
 * - `prune-by-noise-rate`: for each count of the calibrated confident joint off its diagonal, as
 *   many of the rows labelled i, of greatest p[j] - p[i]
 * - `prune-by-class`: for each label as many rows as its counts off the diagonal sum to, of least
 *   p[i]
 * - `both`: what these two agree on
 * - `confident-learning`: the rows that are confidently of another class than their label
 *
 * A row whose label is its likeliest class is never among them. `method` and `adjusted` decide the
 * order of rank alone. Ties go by id, or by `seed`. No rows give none.
 * @throws RangeError for a number outside 0..1, NaN, fewer than two classes, a label that is not a
 * class, or an unknown filter or method.
 * @see Northcutt, Jiang & Chuang 2021, Confident learning, section 3.2,
 * https://arxiv.org/abs/1911.00068; `cleanlab.filter.find_label_issues`
 * @example findLabelErrors(Float64Array.of(0.8, 0.2, 0.6, 0.4, 0.3, 0.7, 0.2, 0.8), [0, 0, 1, 0], 2).rows // Uint32Array [3]
 */
export function findLabelErrors(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: FindLabelErrorsOptions = {},
): SelectedRows {
  assertOptions('findLabelErrors', options, "{ filter: 'both' }", 'options');
  const { filter = 'prune-by-noise-rate' } = options;
  if (!Object.hasOwn(filters, filter)) {
    throw new RangeError(`findLabelErrors: filter is "${filter}"; expected one of ${Object.keys(filters).join(', ')}`);
  }
  assertClassRows('findLabelErrors', probabilities, labels, numClasses, 'refused');
  const found = filters[filter](probabilities, labels, numClasses, options);
  const quality = labelQuality(probabilities, labels, numClasses, options);
  const likelier = likelierClasses(probabilities, labels, numClasses);
  const rows = topRows(quality, 'ascending', options).filter(
    (row) => found[row] === 1 && likelier[row] !== labels.at(row),
  );
  const probability = (row: number, label: number): number => probabilities[row * numClasses + label]!;
  return createSelection(rows, (place) => {
    const row = rows[place]!;
    const [given, other] = [labels.at(row)!, likelier[row]!];
    const [p, q] = [probability(row, given), probability(row, other)];
    return {
      reason: `labelled ${given} with ${p.toFixed(3)}, class ${other} has ${q.toFixed(3)}`,
      scores: { labelQuality: quality[row]!, given: p, likelier: q },
      ranks: {},
    };
  });
}

type FindErrors = (probabilities: Matrix, labels: Column<number>, numClasses: number, ties: TieOptions) => Uint8Array;

const filters: Readonly<Record<LabelErrorFilter, FindErrors>> = {
  'prune-by-noise-rate': (p, labels, numClasses, ties) => pruneRows(p, labels, numClasses, byNoiseRate, ties),
  'prune-by-class': (p, labels, numClasses, ties) => pruneRows(p, labels, numClasses, byClass, ties),
  both: (p, labels, numClasses, ties) => {
    const found = pruneRows(p, labels, numClasses, byClass, ties);
    return pruneRows(p, labels, numClasses, byNoiseRate, ties).map((other, row) => other & found[row]!);
  },
  'confident-learning': (p, labels, numClasses) =>
    Uint8Array.from(confidentClasses(p, labels, numClasses), (k, row) => Number(k >= 0 && k !== labels.at(row))),
};

/** What a rounding error puts above the label is not likelier than it. */
const tolerance = 1e-6;

/** Each row's likeliest class; its label, where that is as likely. */
function likelierClasses(probabilities: Matrix, labels: Column<number>, numClasses: number): Int32Array {
  return Int32Array.from({ length: labels.length }, (_, row) => {
    const p = probabilities.subarray(row * numClasses, (row + 1) * numClasses);
    const label = labels.at(row)!;
    const likeliest = p.indexOf(Math.max(...p));
    return p[likeliest]! > p[label]! + tolerance ? likeliest : label;
  });
}
