import { createGini } from './create-gini.ts';
import type { ScoreFunction } from './create-strategy.ts';

/** Gini impurity, `1 - sum p^2` of the scores renormalised to sum 1: the chance that two draws
 * differ in class. 0..(k - 1) / k, large is least sure. Zeros add 0; a lone score s is [s, 1 - s];
 * all zeros, NaN, a negative score or no scores give NaN.
 * @see Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees, section 4.3
 * @example gini([0.5, 0.25, 0.25]) // 0.625
 */
export const gini: ScoreFunction = /* @__PURE__ */ createGini();
