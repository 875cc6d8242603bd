import type { Strategy } from '@qualm/types';
import { activationOf } from '@qualm/types/rows';
import type { TemperatureOptions } from '@qualm/types/rows';
import { assertStrategy } from '../numbers/assert-arguments.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { mapRows } from './map-rows.ts';

/** The strategy, reading logits: it scores their softmax or sigmoid at a temperature, as
 * `toProbabilities` computes them. Name, order and range stay. Where float32 probabilities would
 * all be 1, logits still tell rows apart. NaN gives NaN; under softmax +Infinity, or nothing but
 * -Infinity, gives NaN too.
 * @throws RangeError when the temperature is not a positive number.
 * @see Guo, Pleiss, Sun & Weinberger 2017, https://arxiv.org/abs/1706.04599, section 4.2
 * @example fromLogits(margin)([0, Math.log(3)]) // 0.5
 * @example fromLogits(entropy, { temperature: fitTemperature(logits, labels, numClasses).temperature })
 */
export function fromLogits(strategy: Strategy, options: TemperatureOptions = {}): ScoreFunction {
  assertStrategy('fromLogits', strategy);
  return mapRows(strategy, activationOf('fromLogits', options));
}
