import type { Matrix } from '@qualm/types/rows';
import type { Embeddings } from './embeddings.ts';
import type { Distances } from './distances.ts';

/** The two factors of each row's gradient of the last layer, (p - onehot(argmax p)) times h: an
 * outer product which is never made. */
export interface GradientFactors {
  /** [n, numClasses] */
  readonly outputs: Float64Array;
  readonly numClasses: number;
  readonly inputs: Embeddings;
  /** Squared lengths of the factors, [n]; their product is the gradient's. */
  readonly ofOutputs: Float64Array;
  readonly ofInputs: Float64Array;
}

export function gradientFactors(probabilities: Matrix, numClasses: number, inputs: Embeddings): GradientFactors {
  const outputs = outputGradients(probabilities, numClasses);
  const ofOutputs = squaredLengthsOf(outputs, numClasses);
  return { outputs, numClasses, inputs, ofOutputs, ofInputs: squaredLengthsOf(inputs.matrix, inputs.dimensions) };
}

/** Squared distances between the gradients of points, whose rows are `rowOf`.
 *
 *     |g h - g' h'|^2 = |g|^2 |h|^2 + |g'|^2 |h'|^2 - 2 (g . g') (h . h')
 *
 * `h . h'`, of the longer vectors as a rule, is worked out only where some value from -|h| |h'|
 * to |h| |h'| brings the distance below the bound.
 */
export function createGradientDistances(
  { outputs, numClasses, inputs, ofOutputs, ofInputs }: GradientFactors,
  rowOf: Uint32Array,
  numCentres: number,
): Pick<Distances, 'centres' | 'nearest'> {
  const { matrix, dimensions } = inputs;
  const centres = new Uint32Array(numCentres);
  const nearest: Distances['nearest'] = (point, from, to, bound) => {
    const row = rowOf[point]!;
    let least = bound;
    for (let slot = from; slot < to; slot++) {
      const centre = rowOf[centres[slot]!]!;
      const both = ofOutputs[row]! * ofInputs[row]! + ofOutputs[centre]! * ofInputs[centre]!;
      const product = dot(outputs, row * numClasses, centre * numClasses, numClasses);
      // The sum's rounding must not hide a distance that is below the bound.
      const most = 2 * Math.abs(product) * Math.sqrt(ofInputs[row]! * ofInputs[centre]!) + both * 1e-9;
      if (both - most >= least) continue;
      const squared = both - 2 * product * dot(matrix, row * dimensions, centre * dimensions, dimensions);
      least = Math.min(least, Math.max(0, squared));
    }
    return least;
  };
  return { centres, nearest };
}

/** Of each row p - onehot(argmax p), the first of equals: what cross entropy's gradient is where
 * the prediction is taken for the label. */
function outputGradients(probabilities: Matrix, numClasses: number): Float64Array {
  const gradients = Float64Array.from(probabilities);
  for (let from = 0; from < gradients.length; from += numClasses) {
    let best = from;
    for (let i = from + 1; i < from + numClasses; i++) if (gradients[i]! > gradients[best]!) best = i;
    gradients[best]!--;
  }
  return gradients;
}

function squaredLengthsOf(matrix: Matrix, dimensions: number): Float64Array {
  return Float64Array.from({ length: matrix.length / dimensions }, (_, row) => {
    return dot(matrix, row * dimensions, row * dimensions, dimensions);
  });
}

/** In one order for rows and pairs, so that the distance of equal rows is 0. */
function dot(matrix: Matrix, a: number, b: number, dimensions: number): number {
  let [even, odd] = [0, 0];
  const whole = dimensions & ~1;
  for (let i = 0; i < whole; i += 2) {
    even += matrix[a + i]! * matrix[b + i]!;
    odd += matrix[a + i + 1]! * matrix[b + i + 1]!;
  }
  if (whole < dimensions) even += matrix[a + whole]! * matrix[b + whole]!;
  return even + odd;
}
