import type { RankOrder, Strategy } from '@qualm/types';
import { rowOf, rowsOutput } from '@qualm/types/rows';
import { createScore } from './create-score.ts';
import type { ScoreFunction } from './create-strategy.ts';
import { createRowKernel } from '../simd/row-kernel.ts';
import { topTwoModule } from '../simd/top-two.generated.ts';

type Combine = (first: number, second: number) => number;

/** A strategy that reads only the two largest scores. NaN among the scores, or no scores at all,
 * gives NaN.
 */
export function createTopTwo(
  name: string,
  order: RankOrder,
  combine: Combine,
  range: readonly [number, number] = [0, 1],
): ScoreFunction {
  const score = (scores: ArrayLike<number>): number => scoreOf(scores, combine);
  const scoreRows: Strategy['scoreRows'] = (matrix, numClasses, out) => {
    const result = rowsOutput(name, matrix, numClasses, out);
    if (topTwoInWasm(matrix, numClasses, result, combine, score)) return result;
    if (matrix instanceof Float32Array) scoreFloat32Rows(matrix, numClasses, combine, result);
    else for (let row = 0; row < result.length; row++) result[row] = score(rowOf(matrix, row, numClasses));
    return result;
  };
  return createScore(name, order, score, { scoreRows, range: () => range });
}

const topTwoInWasm = /* @__PURE__ */ createRowKernel(topTwoModule);

function scoreOf(scores: ArrayLike<number>, combine: Combine): number {
  if (scores.length === 0) return NaN;
  let first = -Infinity;
  let second = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score)) return NaN;
    if (score > first) {
      second = first;
      first = score;
    } else if (score > second) second = score;
  }
  return combine(first, second);
}

/** Bits of non-negative floats have the order of the floats, NaN above all, and are compared
 * without a conversion.
 */
function scoreFloat32Rows(matrix: Float32Array, numClasses: number, combine: Combine, out: Float64Array): void {
  const bits = new Int32Array(matrix.buffer, matrix.byteOffset, matrix.length);
  const topTwo = new Float32Array(2);
  const topTwoBits = new Int32Array(topTwo.buffer);
  for (let row = 0, from = 0; row < out.length; row++, from += numClasses) {
    let first = -1;
    let second = -1;
    let signs = 0;
    for (let i = from; i < from + numClasses; i++) {
      const score = bits[i]!;
      signs |= score;
      if (score > second) {
        if (score > first) {
          second = first;
          first = score;
        } else second = score;
      }
    }
    topTwoBits[0] = first;
    topTwoBits[1] = second;
    out[row] = signs < 0 ? scoreOf(rowOf(matrix, row, numClasses), combine) : combine(topTwo[0]!, topTwo[1]!);
  }
}
