import type { Strategy } from '@qualm/types';
import { createStrategy, type ScoreFunction } from './create-strategy.ts';
import { finishEntropy, rangeOfEntropy, type EntropyOptions } from './finish-entropy.ts';
import { logOfFloat32 } from './float32-log.ts';
import { rowOf, rowsOutput } from '../numbers/matrix.ts';

/** Entropy with another base, on a scale of 0..1, or of the raw vector; without options it is `entropy`.
 * Scores are probabilities: zeros add 0; NaN, a negative score or no scores give NaN.
 * @throws RangeError when `base` is not a positive number other than 1.
 * @see `scipy.stats.entropy(p, base)`; Settles 2009, Active Learning Literature Survey, section 3.1
 * @example createEntropy({ normalized: true, renormalize: false })([0.5, 0.25]) // 1
 */
export function createEntropy(options: EntropyOptions = {}): ScoreFunction {
  const finish = finishEntropy(options);
  const score = (scores: ArrayLike<number>): number => scoreOf(scores, finish);
  const scoreRows: Strategy['scoreRows'] = (matrix, numClasses, out) => {
    const result = rowsOutput('entropy', matrix, numClasses, out);
    if (matrix instanceof Float32Array) scoreFloat32Rows(matrix, numClasses, finish, result);
    else for (let row = 0; row < result.length; row++) result[row] = score(rowOf(matrix, row, numClasses));
    return result;
  };
  return createStrategy('entropy', 'descending', score, { scoreRows, range: rangeOfEntropy(options) });
}

type Finish = (sum: number, sumOfLogs: number, numClasses: number) => number;

function scoreOf(scores: ArrayLike<number>, finish: Finish): number {
  let sum = 0;
  let sumOfLogs = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = scores[i]!;
    sum += p;
    if (p !== 0) sumOfLogs += p * Math.log(p);
  }
  return finish(sum, sumOfLogs, scores.length);
}

function scoreFloat32Rows(matrix: Float32Array, numClasses: number, finish: Finish, out: Float64Array): void {
  const bits = new Int32Array(matrix.buffer, matrix.byteOffset, matrix.length);
  for (let row = 0, from = 0; row < out.length; row++, from += numClasses) {
    let sum = 0;
    let sumOfLogs = 0;
    for (let i = from; i < from + numClasses; i++) {
      const p = matrix[i]!;
      sum += p;
      // Zero, subnormal and negative floats have bits below the first normal float's.
      if (bits[i]! > 0x7fffff) sumOfLogs += p * logOfFloat32(bits[i]!);
      else if (p !== 0) sumOfLogs += p * Math.log(p);
    }
    out[row] = finish(sum, sumOfLogs, numClasses);
  }
}
