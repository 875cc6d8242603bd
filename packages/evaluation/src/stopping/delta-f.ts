import { assertOptions } from '@qualm/types';
import { assertSameRows, lastChanges, type PredictionRounds } from './prediction-rounds.ts';
import { assertThreshold, assertWindow, tooFewRounds, type StoppingDecision } from './stopping-decision.ts';

/** Options of `deltaF`. */
export interface DeltaFOptions {
  /** Changes from round to round that must all be small. Default 3. */
  readonly window?: number;
  /** 0..1, default 0.05. */
  readonly threshold?: number;
  /** The class whose F-score is meant. Default 1. */
  readonly positive?: number;
}

/** Stops when F can hardly change any more: the predicted change of the F-score of the positive
 * class is below `threshold` in each of the last `window` changes from one round to the next. That
 * is 1 - 2 a / (2 a + b + c), with a the rows that both rounds call positive, b those that only the
 * one does and c those that only the other does: the share by which F between the two falls short
 * of 1. The rounds are predicted classes of a stop set without labels, the same rows in each round,
 * the oldest first. `value` is the greatest of the window. Where neither round calls a row
 * positive, nothing can be said: NaN, and it does not stop.
 * @throws RangeError when rounds have no rows or not the same number, or an option is out of range.
 * @see Altschuler & Bloodgood 2019, Stopping active learning based on predicted change of F measure
 * for text classification, https://arxiv.org/abs/1901.09118; `DeltaFScore` of small-text
 * @example deltaF([[0, 1, 1], [1, 1, 1]], { window: 1 }).value // 0.2
 */
export function deltaF(rounds: PredictionRounds, options: DeltaFOptions = {}): StoppingDecision {
  assertOptions('deltaF', options, '{ window: 3 }', 'options');
  const { window = 3, threshold = 0.05, positive = 1 } = options;
  assertWindow('deltaF', window);
  assertThreshold('deltaF', threshold);
  assertSameRows('deltaF', rounds);
  if (rounds.length <= window) return tooFewRounds(rounds.length, window + 1);
  const changes = lastChanges(rounds, window, (before, after) => {
    let both = 0;
    let one = 0;
    for (let row = 0; row < after.length; row++) {
      const [was, is] = [before.at(row) === positive, after.at(row) === positive];
      if (was && is) both++;
      else if (was || is) one++;
    }
    return 1 - (2 * both) / (2 * both + one);
  });
  const value = Math.max(...changes);
  if (Number.isNaN(value))
    return { stop: false, value, reason: `no row is of class ${positive} in two rounds of the window` };
  const stop = value < threshold;
  return {
    stop,
    value,
    reason: `greatest predicted change of F in ${window} is ${value.toFixed(4)}, ${stop ? 'below' : 'not below'} ${threshold}`,
  };
}
