import { createEntropy } from './create-entropy.ts';
import type { ScoreFunction } from './create-strategy.ts';

/** Shannon entropy of the scores, renormalised to sum 1, in nats: 0..ln k, large is least sure.
 * Zeros add 0; a lone score s is [s, 1 - s]; all zeros, NaN, a negative score or no scores give
 * NaN.
 * @see Shannon 1948, section 6; `scipy.stats.entropy(p)`
 * @example entropy([0.5, 0.5]) // 0.6931471805599453
 */
export const entropy: ScoreFunction = /* @__PURE__ */ createEntropy();
