import { assertList } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';

/** One vector for each row of a table, from whichever model: row-major [n, dimensions]. A row
 * that holds NaN or an infinity is one without a vector: it keeps its number, and no method
 * chooses it. */
export interface Embeddings {
  readonly matrix: Matrix;
  readonly dimensions: number;
}

/** How far apart two vectors are: the length of their difference, or 1 minus the cosine of the
 * angle between them. A vector of zeros has no angle: with `cosine` it is a row without a
 * vector. */
export type Metric = 'euclidean' | 'cosine';

/** The number of rows.
 * @throws RangeError when the matrix is not whole rows of `dimensions`.
 */
export function numRowsOf(where: string, embeddings: Embeddings): number {
  assertOptions(where, embeddings, '{ matrix, dimensions: 512 }', 'embeddings');
  const { matrix, dimensions } = embeddings;
  assertList(where, 'matrix of the embeddings', matrix);
  const rows = matrix.length / dimensions;
  if (Number.isInteger(dimensions) && dimensions > 0 && Number.isInteger(rows)) return rows;
  throw new RangeError(`${where}: ${matrix.length} numbers are not whole rows of ${dimensions} dimensions`);
}
