import type { CommitteeStrategy } from './create-committee-strategy.ts';
import { createVoteStrategy } from './create-vote-strategy.ts';

/** The share of members that do not vote for the commonest class: 0..1 - 1/min(classes, members) or
 * a little less, large is least sure. A member votes for its largest score, the first of equals.
 * NaN in any member gives NaN.
 * @see Freeman 1965; Beluch et al. 2018; scikit-activeml's `variation_ratios`
 * @example variationRatio([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.7, 0.3]]) // 0.25
 */
export const variationRatio: CommitteeStrategy = /* @__PURE__ */ createVoteStrategy(
  'variationRatio',
  (shares) => 1 - shares.reduce((most, share) => Math.max(most, share)),
  (numClasses, numMembers) => [0, 1 - 1 / Math.min(numClasses, numMembers)],
);
