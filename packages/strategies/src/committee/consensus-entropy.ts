import { entropyOf, fillConsensus } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';

/** Entropy of the mean distribution of the members (predictive entropy, soft vote entropy), in nats: 0..ln k, large is
 * least sure. Each member is renormalised to sum 1 before; NaN, a negative score or all zeros in any member give NaN.
 * @see modAL's `consensus_entropy`; Gal et al. 2017, https://arxiv.org/abs/1703.02910
 * @example consensusEntropy([[0.9, 0.1], [0.1, 0.9]]) // 0.693147181
 */
export const consensusEntropy: CommitteeStrategy = /* @__PURE__ */ createCommitteeStrategy(
  'consensusEntropy',
  'descending',
  (numClasses) => {
    const consensus = new Float64Array(numClasses);
    return (members, from) => {
      fillConsensus(members, from, consensus);
      return entropyOf(consensus);
    };
  },
  (numClasses) => [0, Math.log(numClasses)],
);
