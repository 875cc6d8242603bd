import { fillConsensus } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';
import { areSingles, meanEntropies } from './mean-entropies.ts';

/** Mean of the members' entropies, in nats: 0..ln k, large is least sure; what more members cannot
 * take away. `consensusEntropy` is this plus `bald`. Each member is renormalised to sum 1 before;
 * NaN, a negative score or all zeros in any member give NaN.
 * @see Gal et al. 2017, https://arxiv.org/abs/1703.02910
 * @example expectedEntropy([[0.9, 0.1], [0.1, 0.9]]) // 0.325082973
 */
export const expectedEntropy: CommitteeStrategy = /* @__PURE__ */ createCommitteeStrategy(
  'expectedEntropy',
  'descending',
  (numClasses) => {
    const consensus = new Float64Array(numClasses);
    return (members, from) => fillConsensus(members, from, consensus);
  },
  (numClasses) => [0, Math.log(numClasses)],
  (members, numClasses, out) => {
    if (!areSingles(members)) return false;
    meanEntropies(members, numClasses, out);
    return true;
  },
);
