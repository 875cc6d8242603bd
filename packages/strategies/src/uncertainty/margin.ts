import type { ScoreFunction } from './create-strategy.ts';
import { createTopTwo } from './top-two.ts';

/** The largest score minus the second largest: 0..1 for scores in 0..1, small is least sure. A lone
 * score s is [s, 1 - s]. Tied largest scores give 0, NaN or no scores give NaN.
 * @see Scheffer, Decomain & Wrobel 2001, https://doi.org/10.1007/3-540-44816-0_31
 * @example margin([0.5, 0.25]) // 0.25
 */
export const margin: ScoreFunction = /* @__PURE__ */ createTopTwo(
  'margin',
  'ascending',
  (first, second) => first - second,
);
