import type { ScoreFunction } from './create-strategy.ts';
import { createTopTwo } from './top-two.ts';

/** One minus the largest score: 0..1 for scores in 0..1, large is least sure. A lone score s is [s,
 * 1 - s], so 0..0.5. NaN or no scores give NaN, all zeros 1.
 * @see Lewis & Gale 1994, https://arxiv.org/abs/cmp-lg/9407020
 * @example leastConfidence([0.5, 0.25]) // 0.5
 */
export const leastConfidence: ScoreFunction = /* @__PURE__ */ createTopTwo(
  'leastConfidence',
  'descending',
  (first) => 1 - first,
);
