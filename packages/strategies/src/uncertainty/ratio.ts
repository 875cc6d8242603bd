import type { ScoreFunction } from './create-strategy.ts';
import { createTopTwo } from './top-two.ts';

/** The second largest score over the largest: 0..1 for scores >= 0, large is least sure. A lone
 * score s is [s, 1 - s]. Tied largest scores give 1; all zeros, NaN or no scores give NaN.
 * @see Monarch 2021, Human-in-the-Loop Machine Learning, section 3.2.3
 * @example ratio([0.5, 0.25]) // 0.5
 */
export const ratio: ScoreFunction = /* @__PURE__ */ createTopTwo(
  'ratio',
  'descending',
  (first, second) => second / first,
);
