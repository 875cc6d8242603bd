import { assertNumbers } from '@qualm/types';

/** Softmax of each row: shape [n, numClasses] -> [n, numClasses], each row 0..1 with sum 1;
 * computed in float64. A row with NaN or +Infinity becomes NaN; a class of -Infinity gets 0; empty
 * input gives an empty array.
 * @param out where to write; may be `logits` itself
 * @throws RangeError when `logits` does not divide into rows of `numClasses`, or `out` is too
 * short.
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
 * @example softmax(Float32Array.of(0, 0), 2) // Float32Array [0.5, 0.5]
 */
export function softmax(logits: Float32Array, numClasses: number, out?: Float32Array): Float32Array {
  assertNumbers('softmax', 'its logits', logits, 'a Float32Array');
  if (!(Number.isInteger(numClasses) && numClasses > 0) || logits.length % numClasses !== 0) {
    throw new RangeError(`softmax: ${logits.length} logits do not divide into rows of ${String(numClasses)} classes`);
  }
  const written = out === undefined ? new Float32Array(logits.length) : out;
  assertNumbers('softmax', 'out', written, 'a Float32Array');
  if (written.length < logits.length) {
    throw new RangeError(`softmax: out has ${written.length} elements; expected ${logits.length}`);
  }
  const powers = new Float64Array(numClasses);
  for (let from = 0; from < logits.length; from += numClasses) softmaxRow(logits, from, powers, written);
  return written;
}

function softmaxRow(logits: Float32Array, from: number, powers: Float64Array, out: Float32Array): void {
  let max = -Infinity;
  for (let c = 0; c < powers.length; c++) max = Math.max(max, logits[from + c]!);
  let sum = 0;
  for (let c = 0; c < powers.length; c++) sum += powers[c] = Math.exp(logits[from + c]! - max);
  for (let c = 0; c < powers.length; c++) out[from + c] = powers[c]! / sum;
}
