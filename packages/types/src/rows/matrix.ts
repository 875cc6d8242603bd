/** Rows of class scores in one flat array, row-major. */
export type Matrix = Float32Array | Float64Array;

/** Where the numbers of `matrix` go, one for each row: `out`, or new zeros.
 * @throws RangeError when `matrix` is not whole rows of `numClasses`, or `out` has another number
 * of rows.
 */
export function rowsOutput(where: string, matrix: Matrix, numClasses: number, out?: Float64Array): Float64Array {
  const { length } = Object(matrix) as Matrix;
  const rows = length / numClasses;
  if (!Number.isInteger(numClasses) || numClasses < 1 || !Number.isInteger(rows)) {
    throw new RangeError(`${where}: ${length} scores are not whole rows of numClasses ${numClasses}`);
  }
  if (out && out.length !== rows) {
    throw new RangeError(`${where}: out has ${out.length} rows; expected ${rows}, as the matrix`);
  }
  return out ?? new Float64Array(rows);
}

/** One row of a matrix, sharing its memory. */
export function rowOf<M extends Matrix>(matrix: M, row: number, numClasses: number): M {
  return matrix.subarray(row * numClasses, (row + 1) * numClasses) as M;
}

/** Makes arrays of the same kind. */
export function storageOf(matrix: Matrix): Float32ArrayConstructor | Float64ArrayConstructor {
  return matrix instanceof Float32Array ? Float32Array : Float64Array;
}
