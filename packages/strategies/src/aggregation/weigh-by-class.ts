import { assertList } from '@qualm/types/rows';
import { assertColumn } from '../numbers/assert-arguments.ts';
import type { ScoredColumn } from '../composition/scored-column.ts';

/** Each score times the weight of its class, to be aggregated: with `binary(entropy)` for the
 * score, `difficultyWeights` and `sum`, it is the uncertainty of an image in PPAL.
 * @param classes the class of each score, from 0: [n].
 * @param weights of each class, 0 or more.
 * @returns float64 [n], of the same order; NaN where the score or the weight is.
 * @throws RangeError when the scores are ascending, since a weight above 1 would make them surer;
 * when lengths differ, a class has no weight, or a weight is below 0.
 * @example weighByClass({ name: 'entropy', order: 'descending', values: [0.5, 0.5] }, [0, 1], [1, 2]).values // Float64Array [0.5, 1]
 */
export function weighByClass(
  column: ScoredColumn,
  classes: ArrayLike<number>,
  weights: ArrayLike<number>,
): ScoredColumn & { readonly values: Float64Array } {
  assertColumn('weighByClass', column);
  assertList('weighByClass', 'classes', classes);
  assertList('weighByClass', 'weights', weights);
  const { name, values, order } = column;
  if (order !== 'descending') {
    throw new RangeError(
      `weighByClass: the scores are ascending, small ones least sure; expected descending ones: orient(strategy) turns them`,
    );
  }
  if (classes.length !== values.length) {
    throw new RangeError(`weighByClass: ${classes.length} classes for ${values.length} scores; expected one for each`);
  }
  for (let label = 0; label < weights.length; label++) {
    if (weights[label]! < 0) {
      throw new RangeError(`weighByClass: the weight of class ${label} is ${weights[label]}; expected 0 or more`);
    }
  }
  const weighted = new Float64Array(values.length);
  for (let row = 0; row < weighted.length; row++) {
    const weight = weights[classes[row]!];
    if (weight === undefined) {
      throw new RangeError(
        `weighByClass: row ${row} is of class ${classes[row]}; expected one of ${weights.length} from 0`,
      );
    }
    weighted[row] = values[row]! * weight;
  }
  return { name: `weighted ${name}`, order, values: weighted };
}
