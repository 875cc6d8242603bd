import type { Strategy } from '@qualm/types';
import { entropyOf, finishEntropy, rowOf, rowsOutput } from '@qualm/types/rows';
import type { EntropyOptions } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { createScore } from './create-score.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { fillEntropies } from './entropy-sums.ts';
import { logTable } from './log-table.ts';
import { rangeOfEntropy } from './range-of-entropy.ts';
import { entropyModule } from '../simd/entropy.generated.ts';
import { createRowKernel } from '../simd/row-kernel.ts';

/** Entropy with another base, on a scale of 0..1, or of the raw vector; without options it is
 * `entropy`. Scores are probabilities: zeros add 0; NaN, a negative score or no scores give NaN.
 * @throws RangeError when `base` is not a positive number other than 1.
 * @see `scipy.stats.entropy(p, base)`; Settles 2009, Active Learning Literature Survey, section 3.1
 * @example createEntropy({ normalized: true, renormalize: false })([0.5, 0.25]) // 1
 */
export function createEntropy(options: EntropyOptions = {}): ScoreFunction {
  assertOptions('createEntropy', options, '{ normalized: true }');
  const finish = finishEntropy(options);
  const score = (scores: ArrayLike<number>): number => entropyOf(scores, finish);
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
