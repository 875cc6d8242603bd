import { createRandom } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import { numRowsOf, type Embeddings } from './embeddings.ts';
import { leadingEigenvectors } from './leading-eigenvectors.ts';

/** Options of `principalComponents`. */
export interface PrincipalComponentsOptions {
  /** Components wanted; fewer come back where rows or dimensions are fewer. */
  readonly count: number;
  /** Rows that the directions are found from, drawn by chance where there are more; 10,000 unless
   * said. */
  readonly maxRows?: number;
  /** What the draw depends on; 0 unless said. */
  readonly seed?: number;
}

/** The directions in which rows differ most. */
export interface PrincipalComponents {
  /** Numbers in a projected row. */
  readonly count: number;
  /** [dimensions] */
  readonly mean: Float64Array;
  /** [count, dimensions], of length 1, at right angles; the largest number of each is positive. */
  readonly components: Float64Array;
  /** [count], descending: of the rows along each, divided by their number less one. */
  readonly variances: Float64Array;
  /** Of the rows along all dimensions. */
  readonly totalVariance: number;
  /** Rows as they lie along these directions: [n, dimensions] -> [n, count]; NaN for a row without
   * a vector.
   * @throws RangeError when they have other dimensions.
   */
  project(embeddings: Embeddings): Float32Array;
}

/** The principal components of rows, to make vectors short: distances between projected rows are
 * never longer than those between the rows, and shorter by what the other directions hold.
 *
 * Found by subspace iteration on the covariance, in float64, until the variances stand still to a
 * part in ten million; where two variances are nearly equal, their directions are one of
 * many that span the same plane. Rows without a vector do not count.
 * @throws RangeError when `count` or `maxRows` is not a whole number from 1, or the matrix is not
 * whole rows.
 * @see Pearson 1901; Halko, Martinsson & Tropp 2011, https://arxiv.org/abs/0909.4061 (the
 * iteration)
 * @example principalComponents({ matrix: Float32Array.of(0, 0, 2, 2, 4, 4), dimensions: 2 }, { count: 1 }).variances // Float64Array [8]
 */
export function principalComponents(embeddings: Embeddings, options: PrincipalComponentsOptions): PrincipalComponents {
  const where = 'principalComponents';
  assertOptions(where, options, '{ count: 32 }');
  const { count: wanted, maxRows = 10_000, seed = 0 } = options;
  assertCount(where, wanted, 'count', 1);
  assertCount(where, maxRows, 'maxRows', 1);
  const numRows = numRowsOf(where, embeddings);
  const { matrix, dimensions } = embeddings;
  const rows = drawRows(finiteRows(embeddings, numRows), maxRows, seed);
  const mean = new Float64Array(dimensions);
  for (const row of rows) for (let i = 0; i < dimensions; i++) mean[i]! += matrix[row * dimensions + i]! / rows.length;
  const covariance = covarianceOf(embeddings, rows, mean);
  const count = Math.min(wanted, dimensions, Math.max(0, rows.length - 1));
  const { vectors, values } = leadingEigenvectors(covariance, dimensions, count);
  let totalVariance = 0;
  for (let i = 0; i < dimensions; i++) totalVariance += covariance[i * dimensions + i]!;
  return {
    ...{ count, mean, components: vectors, variances: values, totalVariance },
    project: (others) => projected(others, { count, mean, components: vectors }),
  };
}

function finiteRows({ matrix, dimensions }: Embeddings, numRows: number): number[] {
  return Array.from({ length: numRows }, (_, row) => row).filter((row) =>
    matrix.subarray(row * dimensions, (row + 1) * dimensions).every(Number.isFinite),
  );
}

function drawRows(rows: number[], most: number, seed: number): number[] {
  if (rows.length <= most) return rows;
  const random = createRandom(seed);
  for (let place = 0; place < most; place++) {
    const other = place + Math.floor(random() * (rows.length - place));
    [rows[place], rows[other]] = [rows[other]!, rows[place]!];
  }
  return rows.slice(0, most);
}

function covarianceOf({ matrix, dimensions }: Embeddings, rows: readonly number[], mean: Float64Array): Float64Array {
  const sums = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  const divisor = Math.max(1, rows.length - 1);
  for (const row of rows) {
    for (let i = 0; i < dimensions; i++) centred[i] = matrix[row * dimensions + i]! - mean[i]!;
    for (let i = 0; i < dimensions; i++) {
      const [factor, from] = [centred[i]! / divisor, i * dimensions];
      for (let j = i; j < dimensions; j++) sums[from + j]! += factor * centred[j]!;
    }
  }
  for (let i = 0; i < dimensions; i++) for (let j = 0; j < i; j++) sums[i * dimensions + j] = sums[j * dimensions + i]!;
  return sums;
}

function projected(
  embeddings: Embeddings,
  { count, mean, components }: Pick<PrincipalComponents, 'count' | 'mean' | 'components'>,
): Float32Array {
  const numRows = numRowsOf('principalComponents', embeddings);
  const { matrix, dimensions } = embeddings;
  if (dimensions !== mean.length)
    throw new RangeError(
      `principalComponents: rows to project have ${dimensions} dimensions; expected ${mean.length} as those before`,
    );
  const out = new Float32Array(numRows * count);
  const centred = new Float64Array(dimensions);
  for (let row = 0; row < numRows; row++) {
    for (let i = 0; i < dimensions; i++) centred[i] = matrix[row * dimensions + i]! - mean[i]!;
    for (let component = 0; component < count; component++) {
      const from = component * dimensions;
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += centred[i]! * components[from + i]!;
      out[row * count + component] = Number.isFinite(sum) ? sum : NaN;
    }
  }
  return out;
}
