import { rowsOutput, type Matrix } from './matrix.ts';
import { activationOf, type TemperatureOptions } from './activation.ts';

/** The probabilities that rows of logits stand for, in float64: row-major [n, numClasses] -> [n,
 * numClasses]. Softmax or sigmoid of `logits / temperature`, with the largest logit taken off
 * before, so that none is too large. A logit of -Infinity gives 0; NaN, +Infinity or nothing but
 * -Infinity make their row NaN under softmax. A lone logit goes through the sigmoid.
 * @throws RangeError when `logits` is not whole rows, or the temperature is not a positive number.
 * @see Guo, Pleiss, Sun & Weinberger 2017, https://arxiv.org/abs/1706.04599, section 4.2;
 * `scipy.special.softmax`, `expit`
 * @example toProbabilities(Float32Array.of(1000, 1000), 2) // Float64Array [0.5, 0.5]
 */
export function toProbabilities(logits: Matrix, numClasses: number, options: TemperatureOptions = {}): Float64Array {
  const activate = activationOf('toProbabilities', options);
  rowsOutput('toProbabilities', logits, numClasses);
  const result = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at += numClasses) activate(logits, at, numClasses, result, at);
  return result;
}
