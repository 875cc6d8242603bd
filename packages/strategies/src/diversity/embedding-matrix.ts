import type { Column } from '@qualm/types';
import { assertList, rowOf } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { assertOptions } from '../numbers/assert-arguments.ts';
import { assertCount } from '../numbers/assert-count.ts';
import type { Embeddings } from './embeddings.ts';

/** Options of `embeddingMatrix`. */
export interface EmbeddingMatrixOptions {
  /** Numbers in a vector; those that most vectors have unless said, of equally many the number met
   * first.
   */
  readonly dimensions?: number;
  /** `float32` unless said: what models give, and half of the memory. */
  readonly storage?: 'float32' | 'float64';
}

/** Embeddings, and which rows of the column have none. */
export interface EmbeddingRows extends Embeddings {
  /** The rows without a usable vector, in order, and what was wrong; in the matrix they are NaN. */
  readonly leftOut: readonly { readonly row: number; readonly reason: string }[];
}

/** The vectors of a column in one matrix: length n -> [n, dimensions]. A row keeps its number: what
 * is picked from the matrix is a row of the column. A missing vector, one of another length, and
 * one with a number that is NaN or not finite in this storage make a row of NaN, which no method
 * picks, and are named in `leftOut`: one broken image is a row left out, not a lost run. Without
 * any vector, dimensions is 1.
 * @throws RangeError when `dimensions` is not a whole number from 1, or `storage` is none.
 * @example embeddingMatrix([[1, 2], null, [3, 4]]).leftOut // [{ row: 1, reason: 'no vector' }]
 */
export function embeddingMatrix(
  column: Column<ArrayLike<number> | null | undefined>,
  options: EmbeddingMatrixOptions = {},
): EmbeddingRows {
  assertList('embeddingMatrix', 'the column', column);
  assertOptions('embeddingMatrix', options, '{ dimensions: 512 }');
  const { dimensions = commonLength(column), storage = 'float32' } = options;
  assertCount('embeddingMatrix', dimensions, 'dimensions', 1);
  if (storage !== 'float32' && storage !== 'float64')
    throw new RangeError(`embeddingMatrix: storage is '${String(storage)}'; expected 'float32' or 'float64'`);
  const Storage = storage === 'float32' ? Float32Array : Float64Array;
  const matrix: Matrix = new Storage(column.length * dimensions);
  const leftOut: { row: number; reason: string }[] = [];
  for (let row = 0; row < column.length; row++) {
    const vector = column.at(row);
    const into = rowOf(matrix, row, dimensions);
    if (vector?.length === dimensions) into.set(vector);
    const reason = vector ? faultOf(vector, into) : 'no vector';
    if (reason === undefined) continue;
    into.fill(NaN);
    leftOut.push({ row, reason });
  }
  return { matrix, dimensions, leftOut };
}

function faultOf(vector: ArrayLike<number>, stored: Matrix): string | undefined {
  if (vector.length !== stored.length) return `${vector.length} numbers; expected ${stored.length}`;
  const place = stored.findIndex((value) => !Number.isFinite(value));
  return place < 0 ? undefined : `number ${place} is ${vector[place]}`;
}

function commonLength(column: Column<ArrayLike<number> | null | undefined>): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < column.length; row++) {
    const length = column.at(row)?.length ?? 0;
    if (length > 0) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  let [common, most] = [1, 0];
  for (const [length, count] of counts) if (count > most) [common, most] = [length, count];
  return common;
}
