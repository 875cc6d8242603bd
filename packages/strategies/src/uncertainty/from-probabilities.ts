import type { Strategy } from '@qualm/types';
import { activationOf, logitsOf } from '@qualm/types/rows';
import type { TemperatureOptions } from '@qualm/types/rows';
import { assertStrategy } from '../numbers/assert-arguments.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { mapRows } from './map-rows.ts';

/** The strategy, reading probabilities at a temperature: it scores p^(1/T), renormalised to sum 1.
 * With the activation `sigmoid`, and always for a lone score, each s is scaled against 1 - s
 * instead, and what comes is s^(1/T) / (s^(1/T) + (1-s)^(1/T)). Name, order and range stay. Zeros
 * stay 0; NaN, a negative score, or all zeros under softmax, give NaN, and so does s above 1 under
 * sigmoid.
 * @throws RangeError when the temperature is not a positive number.
 * @see Guo, Pleiss, Sun & Weinberger 2017, https://arxiv.org/abs/1706.04599, section 4.2
 * @example fromProbabilities(margin, { temperature: 2 })([0.64, 0.36]) // 0.142857..., of [0.8, 0.6] / 1.4
 */
export function fromProbabilities(strategy: Strategy, options: TemperatureOptions = {}): ScoreFunction {
  assertStrategy('fromProbabilities', strategy);
  const activate = activationOf('fromProbabilities', options);
  const toLogits = logitsOf('fromProbabilities', options);
  return mapRows(strategy, (source, from, numClasses, out, at) => {
    toLogits(source, from, numClasses, out, at);
    activate(out, at, numClasses, out, at);
  });
}
