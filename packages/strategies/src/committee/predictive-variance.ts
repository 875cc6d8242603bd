import { fillMean } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';

/** Variance of a class's probability over the members (divided by their number, not one less),
 * averaged over the classes: 0..(1 - 1/k)/k with k classes, large is least sure. Each member is
 * renormalised to sum 1 before; NaN, a negative score or all zeros in any member give NaN.
 * @see baal's `Variance` with its reduction `mean`
 * @example predictiveVariance([[0.9, 0.1], [0.1, 0.9]]) // 0.16
 */
export const predictiveVariance: CommitteeStrategy = /* @__PURE__ */ createCommitteeStrategy(
  'predictiveVariance',
  'descending',
  (numClasses, numMembers) => {
    const mean = new Float64Array(numClasses);
    const sums = new Float64Array(numMembers);
    return (members, from) => {
      fillMean(members, from, mean, sums);
      let squares = 0;
      for (let member = 0; member < numMembers; member++) {
        const scores = members[member]!;
        const sum = sums[member]!;
        for (let k = 0; k < numClasses; k++) {
          const deviation = scores[from + k]! / sum - mean[k]!;
          squares += deviation * deviation;
        }
      }
      return squares / (numMembers * numClasses);
    };
  },
  (numClasses) => [0, (1 - 1 / numClasses) / numClasses],
);
