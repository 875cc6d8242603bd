import type { Strategy } from '@qualm/types';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { createScore } from './create-score.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { finishEntropy, rangeOfEntropy, type EntropyOptions } from './finish-entropy.ts';
import { fillEntropies } from './entropy-sums.ts';
import { logTable } from './log-table.ts';
import { rowOf, rowsOutput } from '../numbers/matrix.ts';
import { entropyModule } from '../simd/entropy.generated.ts';
import { createRowKernel, type Finish } from '../simd/row-kernel.ts';

/** Entropy with another base, on a scale of 0..1, or of the raw vector; without options it is `entropy`.
 * Scores are probabilities: zeros add 0; NaN, a negative score or no scores give NaN.
 * @throws RangeError when `base` is not a positive number other than 1.
 * @see `scipy.stats.entropy(p, base)`; Settles 2009, Active Learning Literature Survey, section 3.1
 * @example createEntropy({ normalized: true, renormalize: false })([0.5, 0.25]) // 1
 */
export function createEntropy(options: EntropyOptions = {}): ScoreFunction {
  assertOptions('createEntropy', options, '{ normalized: true }');
  const finish = finishEntropy(options);
  const score = (scores: ArrayLike<number>): number => scoreOf(scores, finish);
  const scoreRows: Strategy['scoreRows'] = (matrix, numClasses, out) => {
    const result = rowsOutput('entropy', matrix, numClasses, out);
    if (!(matrix instanceof Float32Array)) {
      for (let row = 0; row < result.length; row++) result[row] = score(rowOf(matrix, row, numClasses));
    } else if (!sumsInWasm(matrix, numClasses, result, finish, score)) {
      fillEntropies(matrix, numClasses, result, finish, score);
    }
    return result;
  };
  const name = options.normalized ? 'normalizedEntropy' : 'entropy';
  return createScore(name, 'descending', score, { scoreRows, range: rangeOfEntropy(options) });
}

/** Shared by all entropies: they differ in how they finish. */
const sumsInWasm = /* @__PURE__ */ createRowKernel(entropyModule, ({ memory, table }) => {
  new Float64Array(memory.buffer, table!.value, logTable().length).set(logTable());
});

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
