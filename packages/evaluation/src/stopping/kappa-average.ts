import { assertOptions } from '@qualm/types';
import { cohensKappa } from './cohens-kappa.ts';
import { assertSameRows, lastChanges, type PredictionRounds } from './prediction-rounds.ts';
import { assertThreshold, assertWindow, tooFewRounds, type StoppingDecision } from './stopping-decision.ts';

/** Options of `kappaAverage`. */
export interface KappaAverageOptions {
  /** Changes from round to round that are averaged. Default 3, as the authors'. */
  readonly window?: number;
  /** 0..1, default 0.99, as the authors'. */
  readonly threshold?: number;
}

/** Stops when the predictions have settled: the mean of Cohen's kappa between one round and the
 * next, over the last `window` changes, is `threshold` at least. The rounds are predicted classes
 * of a stop set, rows without labels that are kept for this: the same rows in each round, the
 * oldest round first. It needs no labels, so make it large: with few rows kappa moves in large
 * steps. Before `window` + 1 rounds it does not stop.
 * @throws RangeError when rounds have no rows or not the same number, a prediction is not a class,
 * or an option is out of range.
 * @see Bloodgood & Vijay-Shanker 2009, A method for stopping active learning based on stabilizing
 * predictions, https://arxiv.org/abs/1409.5165; `KappaAverage` of small-text
 * @example kappaAverage([[0, 1, 1], [0, 1, 1], [0, 1, 1], [0, 1, 1]], 2).stop // true
 */
export function kappaAverage(
  rounds: PredictionRounds,
  numClasses: number,
  options: KappaAverageOptions = {},
): StoppingDecision {
  assertOptions('kappaAverage', options, '{ window: 3 }', 'options');
  const { window = 3, threshold = 0.99 } = options;
  assertWindow('kappaAverage', window);
  assertThreshold('kappaAverage', threshold);
  assertSameRows('kappaAverage', rounds);
  if (rounds.length <= window) return tooFewRounds(rounds.length, window + 1);
  const kappas = lastChanges(rounds, window, (before, after) => cohensKappa(before, after, numClasses));
  const value = kappas.reduce((sum, kappa) => sum + kappa, 0) / window;
  const stop = value >= threshold;
  return {
    stop,
    value,
    reason: `mean kappa of ${window} changes is ${value.toFixed(4)}, ${stop ? 'at least' : 'below'} ${threshold}`,
  };
}
