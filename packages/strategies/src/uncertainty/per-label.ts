import type { Strategy } from '@qualm/types';
import { rowsOutput } from '@qualm/types/rows';
import { assertOptions, assertStrategy } from '../numbers/assert-arguments.ts';
import { createStrategy, type ScoreFunction } from './create-strategy.ts';
import { eachBlock, scoreMatrix } from './map-rows.ts';

/** How the uncertainty of a row comes from that of its labels. */
export type CombineLabels = 'mean' | 'sum' | 'least-sure';

export interface PerLabelOptions {
  /** `least-sure`: the largest of numbers whose order is `descending`, the smallest of the others.
   * Default mean.
   */
  readonly combine?: CombineLabels;
}

/** The strategy, for labels that do not exclude each other: it scores the binary distribution [s,
 * 1 - s] of each score, the larger part first, and combines the numbers. The order stays; the
 * name says what was done, `entropyPerLabelMean`; the range is that of two classes, times k for a
 * sum. A score that is NaN or outside 0..1, or no scores, give NaN.
 * @throws RangeError for an unknown `combine`.
 * @see Brinker 2006, On Active Learning in Multi-label Classification,
 * https://doi.org/10.1007/3-540-31314-1_24 (least sure margin)
 * @example perLabel(margin)([0.5, 1]) // 0.5
 */
export function perLabel(strategy: Strategy, options: PerLabelOptions = {}): ScoreFunction {
  assertStrategy('perLabel', strategy);
  assertOptions('perLabel', options, "{ combine: 'sum' }");
  const { combine = 'mean' } = options;
  if (!Object.hasOwn(suffixes, combine)) {
    throw new RangeError(`perLabel: combine is "${combine}"; expected mean, sum or least-sure`);
  }
  const { name, order, range } = strategy;
  const combineAt = combiner(combine, order);
  const score = (scores: ArrayLike<number>): number => {
    const values = new Float64Array(scores.length);
    scoreMatrix(strategy, splitInto(new Float64Array(2 * scores.length), scores, 0), 2, values);
    return combineAt(values, 0, values.length);
  };
  const scoreRows: Strategy['scoreRows'] = (matrix, numClasses, out) => {
    const result = rowsOutput(name, matrix, numClasses, out);
    eachBlock(result.length, 2 * numClasses, (block, first, rows) => {
      const values = new Float64Array(rows * numClasses);
      scoreMatrix(strategy, splitInto(block, matrix, first * numClasses), 2, values);
      for (let row = 0; row < rows; row++) result[first + row] = combineAt(values, row * numClasses, numClasses);
    });
    return result;
  };
  const rangeOf = (numClasses: number): readonly [number, number] => {
    const [low, high] = range!(2);
    return combine === 'sum' ? [numClasses * low, numClasses * high] : [low, high];
  };
  return createStrategy(`${name}PerLabel${suffixes[combine]}`, order, score, { scoreRows, range: range && rangeOf });
}

const suffixes: Readonly<Record<CombineLabels, string>> = { mean: 'Mean', sum: 'Sum', 'least-sure': 'LeastSure' };

/** Fills `pairs` with the binary distributions of the scores from index `from` on, and returns it.
 */
function splitInto(pairs: Float64Array, scores: ArrayLike<number>, from: number): Float64Array {
  for (let i = 0; 2 * i < pairs.length; i++) {
    const s = scores[from + i]!;
    const isProbability = s >= 0 && s <= 1;
    pairs[2 * i] = isProbability ? Math.max(s, 1 - s) : NaN;
    pairs[2 * i + 1] = isProbability ? Math.min(s, 1 - s) : NaN;
  }
  return pairs;
}

function combiner(combine: CombineLabels, order: Strategy['order']) {
  const lessSure = order === 'ascending' ? Math.min : Math.max;
  return (values: Float64Array, from: number, numLabels: number): number => {
    if (numLabels === 0) return NaN;
    let result = values[from]!;
    for (let i = from + 1; i < from + numLabels; i++) {
      result = combine === 'least-sure' ? lessSure(result, values[i]!) : result + values[i]!;
    }
    return combine === 'mean' ? result / numLabels : result;
  };
}
