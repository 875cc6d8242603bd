import { assertOptions, counted } from '@qualm/types';
import { assertList, entropyOf, finishEntropy, rowOf, rowsOutput } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { assertThreshold, tooFewRounds, type StoppingDecision } from './stopping-decision.ts';

/** Options of `overallUncertainty`. */
export interface OverallUncertaintyOptions {
  /** 0..1, default 0.05. */
  readonly threshold?: number;
}

/** Stops when the model is sure of what is left: the mean entropy of the unlabelled rows, on a
 * scale of 0..1, is below `threshold`. The rounds are row-major probabilities [n, numClasses] of
 * the rows that had no label then, the oldest round first; the last is looked at. When no row is
 * left it stops, with NaN; without a round it does not. A row that has NaN, or only zeros, makes
 * the mean NaN, and it does not stop.
 * @throws RangeError when the last round is not whole rows of `numClasses`, there are fewer than
 * two classes, or `threshold` is not in 0..1.
 * @see Zhu, Wang & Hovy 2008, Multi-criteria-based strategy to stop active learning for data
 * annotation; Zhu et al. 2010, Confidence-based stopping criteria for active learning for data
 * annotation; `OverallUncertainty` of small-text
 * @example overallUncertainty([Float64Array.of(0.5, 0.5, 1, 0)], 2).value // 0.5
 */
export function overallUncertainty(
  rounds: readonly Matrix[],
  numClasses: number,
  options: OverallUncertaintyOptions = {},
): StoppingDecision {
  assertOptions('overallUncertainty', options, '{ threshold: 0.05 }', 'options');
  const { threshold = 0.05 } = options;
  assertThreshold('overallUncertainty', threshold);
  if (!(Number.isInteger(numClasses) && numClasses >= 2)) {
    throw new RangeError(`overallUncertainty: numClasses is ${numClasses}; expected a whole number of 2 or more`);
  }
  assertList('overallUncertainty', 'the list of rounds', rounds);
  const last = rounds[rounds.length - 1];
  if (!last) return tooFewRounds(0, 1);
  const { length } = rowsOutput('overallUncertainty', last, numClasses);
  if (length === 0) return { stop: true, value: NaN, reason: 'no row is left' };
  const finish = finishEntropy({ normalized: true });
  let sum = 0;
  for (let row = 0; row < length; row++) sum += entropyOf(rowOf(last, row, numClasses), finish);
  const value = sum / length;
  const stop = value < threshold;
  return {
    stop,
    value,
    reason: `mean entropy of ${counted(length, 'row')} is ${value.toFixed(4)}, ${stop ? 'below' : 'not below'} ${threshold}`,
  };
}
