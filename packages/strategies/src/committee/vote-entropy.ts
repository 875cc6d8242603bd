import { entropyOf } from './consensus.ts';
import type { CommitteeStrategy } from './create-committee-strategy.ts';
import { createVoteStrategy } from './create-vote-strategy.ts';

/** Entropy of the members' votes, in nats: 0..ln(min(classes, members)), large is least sure. A
 * member votes for its largest score, the first of equals, so all zeros vote for class 0. NaN in
 * any member gives NaN. Scores are not renormalised.
 * @see Engelson & Dagan 1996; `vote_entropy` of modAL and of scikit-activeml
 * @example voteEntropy([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]]) // 0.636514168
 */
export const voteEntropy: CommitteeStrategy = /* @__PURE__ */ createVoteStrategy(
  'voteEntropy',
  entropyOf,
  (numClasses, numMembers) => [0, Math.log(Math.min(numClasses, numMembers))],
);
