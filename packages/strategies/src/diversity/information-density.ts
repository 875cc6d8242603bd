import { assertOptions } from '../numbers/assert-arguments.ts';
import { mostFound } from './distances.ts';
import { distanceOf } from './distance-of.ts';
import { numRowsOf, type Embeddings } from './embeddings.ts';
import { createPoints, type Points } from './points.ts';

/** Options of `informationDensity`. */
export interface InformationDensityOptions {
  /** `cosine` unless said; the others are 1 / (1 + distance), as modAL has it. */
  readonly similarity?: 'cosine' | 'inverseCosine' | 'inverseEuclidean';
}

/** How much each row is like all rows, its mean similarity to them and to itself: shape [n]. NaN
 * for rows without a vector, which do not count in the means either.
 *
 *     density(x) = mean over rows u of  similarity(x, u)
 *
 * | similarity         |                             | range     | time                          |
 * | ------------------ | --------------------------- | --------- | ----------------------------- |
 * | `cosine`           | cos(x, u)                   | -1..1     | linear: x . (mean of all u)   |
 * | `inverseCosine`    | 1 / (1 + (1 - cos(x, u)))   | 1/3..1    | of all pairs                  |
 * | `inverseEuclidean` | 1 / (1 + \|x - u\|)           | 0..1      | of all pairs                  |
 *
 * Memory is linear in the rows in each case. Of all pairs means 1.25 thousand million distances
 * for 50,000 rows: minutes.
 * @throws RangeError when `similarity` is none, or the matrix is not whole rows.
 * @see Settles & Craven 2008, An analysis of active learning strategies for sequence labeling
 * tasks, eq. 13; modAL `information_density`
 * @example informationDensity({ matrix: Float32Array.of(1, 0, 1, 0, 0, 1), dimensions: 2 }) // Float64Array [0.667, 0.667, 0.333]
 */
export function informationDensity(embeddings: Embeddings, options: InformationDensityOptions = {}): Float64Array {
  assertOptions('informationDensity', options, "{ similarity: 'cosine' }");
  const { similarity = 'cosine' } = options;
  if (!['cosine', 'inverseCosine', 'inverseEuclidean'].includes(similarity))
    throw new RangeError(
      `informationDensity: similarity is '${String(similarity)}'; expected 'cosine', 'inverseCosine' or 'inverseEuclidean'`,
    );
  const metric = similarity === 'inverseEuclidean' ? 'euclidean' : 'cosine';
  const numRows = numRowsOf('informationDensity', embeddings);
  const room = { numCentres: similarity === 'cosine' ? 0 : numRows };
  const points = createPoints('informationDensity', embeddings, { metric }, room);
  const densities =
    similarity === 'cosine'
      ? meanCosines(points)
      : meansOverPairs(points, (squared) => 1 / (1 + distanceOf(squared, metric)));
  return Float64Array.from(points.pointOf, (point) => (point < 0 ? NaN : densities[point]!));
}

/** The mean of the cosines with all points is the inner product with their mean. */
function meanCosines({ numPoints, rows, stride }: Points): Float64Array {
  const mean = new Float64Array(stride);
  for (let at = 0; at < numPoints * stride; at += stride) {
    for (let i = 0; i < stride; i++) mean[i]! += rows[at + i]! / numPoints;
  }
  return Float64Array.from({ length: numPoints }, (_, point) => {
    return mean.reduce((sum, value, i) => sum + value * rows[point * stride + i]!, 0);
  });
}

/** Each pair once. */
function meansOverPairs(
  { numPoints, centres, within, squares }: Points,
  similarityOf: (squared: number) => number,
): Float64Array {
  const sums = new Float64Array(numPoints).fill(similarityOf(0));
  for (let slot = 0; slot < numPoints; slot++) centres[slot] = slot;
  for (let point = 0; point < numPoints; point++) {
    for (let from = point + 1; from < numPoints; from += mostFound) {
      const count = within(point, from, Math.min(numPoints, from + mostFound), Infinity);
      for (let i = 0; i < count; i++) {
        const similarity = similarityOf(squares[i]!);
        sums[point]! += similarity;
        sums[from + i]! += similarity;
      }
    }
  }
  return sums.map((sum) => sum / numPoints);
}
