import { entropyOf, fillConsensus, fillMean, nonNegative } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';
import { areSingles, meanEntropies } from './mean-entropies.ts';

/** What a member's identity tells about the class: entropy of the mean distribution minus mean
 * entropy of the members, in nats: 0..ln(min(classes, members)), large is least sure. Each member
 * is renormalised to sum 1 before. Equal members and one member give 0; NaN, a negative score or
 * all zeros in any member give NaN. Mathematically the same as `meanKullbackLeibler`.
 * @see Houlsby et al. 2011, https://arxiv.org/abs/1112.5745; Gal et al. 2017,
 * https://arxiv.org/abs/1703.02910
 * @example bald([[0.9, 0.1], [0.1, 0.9]]) // 0.368064207
 */
export const bald: CommitteeStrategy = /* @__PURE__ */ createCommitteeStrategy(
  'bald',
  'descending',
  (numClasses) => {
    const consensus = new Float64Array(numClasses);
    return (members, from) => {
      const expected = fillConsensus(members, from, consensus);
      return nonNegative(entropyOf(consensus) - expected);
    };
  },
  (numClasses, numMembers) => [0, Math.log(Math.min(numClasses, numMembers))],
  (members, numClasses, out) => {
    if (!areSingles(members)) return false;
    meanEntropies(members, numClasses, out);
    const mean = new Float64Array(numClasses);
    const sums = new Float64Array(members.length);
    for (let row = 0; row < out.length; row++) {
      fillMean(members, row * numClasses, mean, sums);
      out[row] = nonNegative(entropyOf(mean) - out[row]!);
    }
    return true;
  },
);
