import { entropyOf, fillMean } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';

/** Entropy of the mean distribution of the members (predictive entropy, soft vote entropy), in
 * nats: 0..ln k, large is least sure. Each member is renormalised to sum 1 before; NaN, a negative
 * score or all zeros in any member give NaN.
 * @see modAL's `consensus_entropy`; Gal et al. 2017, https://arxiv.org/abs/1703.02910
 * @example consensusEntropy([[0.9, 0.1], [0.1, 0.9]]) // 0.693147181
 */
export const consensusEntropy: CommitteeStrategy = /* @__PURE__ */ createCommitteeStrategy(
  'consensusEntropy',
  'descending',
  (numClasses, numMembers) => {
    const mean = new Float64Array(numClasses);
    const sums = new Float64Array(numMembers);
    return (members, from) => {
      fillMean(members, from, mean, sums);
      return entropyOf(mean);
    };
  },
  (numClasses) => [0, Math.log(numClasses)],
);
