import { assertList } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';

/** Options of `difficultyWeights`. */
export interface DifficultyWeightsOptions {
  /** How early the weight grows, above 0: with a small alpha already slight difficulty counts.
   * Default .3, the paper's.
   */
  readonly alpha?: number;
  /** The weight of the most difficult class is 1 + beta. 0 or more. Default .2, the paper's. */
  readonly beta?: number;
}

/** What the uncertainty of a box is multiplied by, for each class, by how difficult the class is
 * for the detector: 1 + alpha beta ln(1 + gamma d) with gamma = e^(1 / alpha) - 1, which runs from
 * 1 at d = 0 to 1 + beta at d = 1.
 * @param difficulties 0..1 of each class; 1 for one that was never found. `classDifficulties` has
 * them from labelled images.
 * @returns float64, one weight for each class. NaN in gives NaN out.
 * @throws RangeError when a difficulty is not in 0..1, alpha is not above 0, or beta below 0.
 * @see Yang, Huang and Crowley, "Plug and Play Active Learning for Object Detection", CVPR 2024,
 * equation of w_i
 * @example difficultyWeights([0, 1]) // Float64Array [1, 1.2]
 */
export function difficultyWeights(
  difficulties: ArrayLike<number>,
  options: DifficultyWeightsOptions = {},
): Float64Array {
  assertList('difficultyWeights', 'difficulties', difficulties);
  assertOptions('difficultyWeights', options, '{ alpha: 0.3 }');
  const { alpha = 0.3, beta = 0.2 } = options;
  if (!(alpha > 0)) throw new RangeError(`difficultyWeights: alpha is ${alpha}; expected a number above 0`);
  if (!(beta >= 0)) throw new RangeError(`difficultyWeights: beta is ${beta}; expected 0 or more`);
  const gamma = Math.expm1(1 / alpha);
  return Float64Array.from(difficulties, (difficulty, label) => {
    if (difficulty < 0 || difficulty > 1) {
      throw new RangeError(`difficultyWeights: the difficulty of class ${label} is ${difficulty}; expected 0 to 1`);
    }
    return 1 + alpha * beta * Math.log1p(gamma * difficulty);
  });
}
