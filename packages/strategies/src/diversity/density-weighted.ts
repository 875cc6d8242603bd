import { assertList } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { productOfPowers } from '../composition/product-of-powers.ts';

/** Options of `densityWeighted`. */
export interface DensityWeightedOptions {
  /** How much density counts; 1 unless said, 0 for not at all. */
  readonly beta?: number;
}

/** Scores weighted by density, so that an unsure row that is like nothing else falls behind one
 * that stands for many: shape [n], [n] -> [n], large numbers first if those of `scores` are.
 *
 *     score(x) density(x)^beta
 *
 * NaN where either is. Scores are to be 0 or more, large ones least sure, as `orient` makes them;
 * with cosine densities below 0 a fractional `beta` gives NaN.
 * @throws RangeError when `beta` is negative or not finite, or lengths differ.
 * @see `weightedProduct`, for more than two, with names and directions
 * @see Settles & Craven 2008, An analysis of active learning strategies for sequence labeling
 * tasks, eq. 13
 * @example densityWeighted([0.5, 0.5], [1, 0.5], { beta: 2 }) // Float64Array [0.5, 0.125]
 */
export function densityWeighted(
  scores: ArrayLike<number>,
  densities: ArrayLike<number>,
  options: DensityWeightedOptions = {},
): Float64Array {
  assertList('densityWeighted', 'scores', scores);
  assertList('densityWeighted', 'densities', densities);
  assertOptions('densityWeighted', options, '{ beta: 1 }');
  const { beta = 1 } = options;
  if (scores.length !== densities.length)
    throw new RangeError(
      `densityWeighted: ${scores.length} scores, ${densities.length} densities; expected one for each`,
    );
  if (!(beta >= 0 && beta < Infinity))
    throw new RangeError(`densityWeighted: beta is ${beta}; expected a number of 0 or more`);
  return productOfPowers([scores, densities], [1, beta]);
}
