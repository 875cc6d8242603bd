import { createKullbackLeibler } from './create-kullback-leibler.ts';
import type { CommitteeStrategy } from './create-committee-strategy.ts';

/** The largest of the members' Kullback-Leibler divergences to their mean distribution, in nats:
 * 0..ln(members), large is least sure. Each member is renormalised to sum 1 before; zeros add 0;
 * NaN, a negative score or all zeros in any member give NaN.
 * @see modAL's `KL_max_disagreement`
 * @example maxKullbackLeibler([[0.9, 0.1], [0.1, 0.9]]) // 0.368064207
 */
export const maxKullbackLeibler: CommitteeStrategy = /* @__PURE__ */ createKullbackLeibler(
  'maxKullbackLeibler',
  (sofar, divergence) => Math.max(sofar, divergence),
  (_numClasses, numMembers) => [0, Math.log(numMembers)],
);
