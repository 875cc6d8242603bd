import { assertOptions } from '@qualm/types';
import { assertSameRows, lastChanges, type PredictionRounds } from './prediction-rounds.ts';
import { assertThreshold, tooFewRounds, type StoppingDecision } from './stopping-decision.ts';

/** Options of `classificationChange`. */
export interface ClassificationChangeOptions {
  /** The share of predictions that may change: 0..1, default 0, as the authors have it. */
  readonly threshold?: number;
}

/** Stops when the last round of labels changed no more than a share `threshold` of the predicted
 * classes. The rounds are predictions of the same rows, the oldest round first; the last two are
 * looked at, and one alone does not stop.
 * @throws RangeError when rounds have no rows or not the same number, or `threshold` is not in
 * 0..1.
 * @see Zhu, Wang & Hovy 2008, Multi-criteria-based strategy to stop active learning for data
 * annotation; Zhu et al. 2010, Confidence-based stopping criteria for active learning for data
 * annotation; `ClassificationChange` of small-text
 * @example classificationChange([[0, 1, 1, 0], [0, 1, 1, 1]]).value // 0.25
 */
export function classificationChange(
  rounds: PredictionRounds,
  options: ClassificationChangeOptions = {},
): StoppingDecision {
  assertOptions('classificationChange', options, '{ threshold: 0.05 }', 'options');
  const { threshold = 0 } = options;
  assertThreshold('classificationChange', threshold);
  assertSameRows('classificationChange', rounds);
  if (rounds.length < 2) return tooFewRounds(rounds.length, 2);
  const [changed] = lastChanges(rounds, 1, (before, after) => {
    let count = 0;
    for (let row = 0; row < after.length; row++) count += Number(before.at(row) !== after.at(row));
    return count;
  });
  const rows = rounds[0]!.length;
  const stop = rows - changed! >= rows * (1 - threshold);
  return {
    stop,
    value: changed! / rows,
    reason: `${changed} of ${rows} predictions changed, ${stop ? 'no more' : 'more'} than a share of ${threshold}`,
  };
}
