import type { ScoreFunction } from './create-strategy.ts';
import { createTopTwo } from './top-two.ts';

/** Is it there? The entropy of the best score s against its absence, [s, 1 - s], in nats: 0..ln 2,
 * large is least sure, s = 0.5 most. For scores that are independent, as sigmoids are: it asks
 * nothing of the other classes, which `ratio` compares. NaN, no scores, or a best score outside
 * 0..1 give NaN; all zeros give 0.
 * @see Shannon 1948, figure 7
 * @example presence([0.5, 0.25]) // 0.6931471805599453
 */
export const presence: ScoreFunction = /* @__PURE__ */ createTopTwo(
  'presence',
  'descending',
  (first) => {
    if (first === 0 || first === 1) return 0;
    return -first * Math.log(first) - (1 - first) * Math.log1p(-first);
  },
  [0, Math.LN2],
);
