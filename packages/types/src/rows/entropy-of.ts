import type { FinishEntropy } from './finish-entropy.ts';

/** The entropy of one row, in one pass: zeros add 0; NaN or a negative score give NaN.
 * @example entropyOf([0.5, 0.5], finishEntropy()) // 0.693...
 */
export function entropyOf(scores: ArrayLike<number>, finish: FinishEntropy): number {
  let sum = 0;
  let sumOfLogs = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = scores[i]!;
    sum += p;
    if (p !== 0) sumOfLogs += p * Math.log(p);
  }
  return finish(sum, sumOfLogs, scores.length);
}
