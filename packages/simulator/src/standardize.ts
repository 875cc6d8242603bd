import { assertPool } from './assert-arguments.ts';
import type { Pool } from './simulate.ts';

/** The pool with each feature shifted and scaled to mean 0 and standard deviation 1 over all its
 * rows, and one that never changes to 0: for learners that penalise coefficients, such as
 * `logisticRegression`, on features of different units. It looks at no label.
 * @see `sklearn.preprocessing.StandardScaler`
 * @throws RangeError when the features are not whole rows.
 * @example standardize({ features: Float64Array.of(1, 3), numFeatures: 1 }).features // Float64Array [-1, 1]
 */
export function standardize(pool: Pool): Pool {
  assertPool('standardize', pool);
  const { features, numFeatures } = pool;
  const numRows = features.length / numFeatures;
  if (!Number.isInteger(numFeatures) || numFeatures < 1 || !Number.isInteger(numRows)) {
    throw new RangeError(
      `standardize: ${features.length} features are not whole rows of numFeatures ${String(numFeatures)}`,
    );
  }
  const scaled = new Float64Array(features.length);
  for (let feature = 0; feature < numFeatures; feature++) {
    let sum = 0;
    for (let i = feature; i < features.length; i += numFeatures) sum += features[i]!;
    const mean = sum / numRows;
    let squares = 0;
    for (let i = feature; i < features.length; i += numFeatures) squares += (features[i]! - mean) ** 2;
    const deviation = Math.sqrt(squares / numRows);
    // What rounding leaves of a feature that never changes is no deviation.
    const isConstant = deviation <= 1e-12 * Math.abs(mean);
    for (let i = feature; i < features.length; i += numFeatures) {
      scaled[i] = isConstant ? 0 : (features[i]! - mean) / deviation;
    }
  }
  return { features: scaled, numFeatures };
}
