import { createKullbackLeibler } from './create-kullback-leibler.ts';
import type { CommitteeStrategy } from './create-committee-strategy.ts';

/** Mean of the members' Kullback-Leibler divergences to their mean distribution, in nats:
 * 0..ln(min(classes, members)), large is least sure. Mathematically it is `bald`. Each member is
 * renormalised to sum 1 before; zeros add 0; NaN, a negative score or all zeros in any member give
 * NaN.
 * @see McCallum & Nigam 1998; scikit-activeml's `average_kl_divergence`, which raises zeros to 1e-7
 * @example meanKullbackLeibler([[0.9, 0.1], [0.1, 0.9]]) // 0.368064207
 */
export const meanKullbackLeibler: CommitteeStrategy = /* @__PURE__ */ createKullbackLeibler(
  'meanKullbackLeibler',
  (sofar, divergence, numMembers) => sofar + divergence / numMembers,
  (numClasses, numMembers) => [0, Math.log(Math.min(numClasses, numMembers))],
);
