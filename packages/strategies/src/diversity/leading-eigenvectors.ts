import { createRandom } from '@qualm/types/rows';
import { turnToAxes } from './turn-to-axes.ts';

/** Vectors more than are wanted, which the iteration needs fewer rounds with. */
const spare = 8;
const mostRounds = 320;
/** The values are looked at now and then, as that costs more than a round. */
const roundsBetween = 8;
/** Of the sum of the values: where they change it by less, these rounds are the last. */
const standsStill = 1e-7;

/** The eigenvectors of the greatest eigenvalues of a symmetric matrix [size, size] that has no
 * negative ones: vectors [count, size] of length 1, the largest number of each positive; values
 * [count], descending.
 */
export function leadingEigenvectors(
  matrix: Float64Array,
  size: number,
  count: number,
): { readonly vectors: Float64Array; readonly values: Float64Array } {
  const numVectors = Math.min(size, count + spare);
  const random = createRandom(1);
  let space = Float64Array.from({ length: numVectors * size }, () => random() - 0.5);
  let vectors = space;
  let values = new Float64Array(numVectors);
  let sum = -1;
  for (let round = 1; round <= mostRounds; round++) {
    orthonormalise(space, size);
    const images = timesMatrix(space, matrix, size);
    if (round % roundsBetween === 0) {
      ({ vectors, values } = turnToAxes(space, images, size));
      const next = values.subarray(0, count).reduce((total, value) => total + value, 0);
      if (Math.abs(next - sum) <= standsStill * next) break;
      sum = next;
    }
    space = images;
  }
  const first = vectors.slice(0, count * size);
  for (let row = 0; row < count; row++) turnSign(first.subarray(row * size, (row + 1) * size));
  return { vectors: first, values: values.slice(0, count).map((value) => Math.max(0, value)) };
}

/** Gram and Schmidt, twice for each vector, which loses no digits. A vector of nothing stays so. */
function orthonormalise(vectors: Float64Array, size: number): void {
  for (let row = 0; row * size < vectors.length; row++) {
    const own = vectors.subarray(row * size, (row + 1) * size);
    scale(own, lengthOf(own));
    for (let pass = 0; pass < 2; pass++) {
      for (let before = 0; before < row; before++) {
        const other = vectors.subarray(before * size, (before + 1) * size);
        const part = dot(own, other);
        for (let i = 0; i < size; i++) own[i]! -= part * other[i]!;
      }
      const length = lengthOf(own);
      scale(own, length > 1e-12 ? length : Infinity);
    }
  }
}

function timesMatrix(vectors: Float64Array, matrix: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(vectors.length);
  for (let row = 0; row * size < vectors.length; row++) {
    const own = vectors.subarray(row * size, (row + 1) * size);
    for (let i = 0; i < size; i++) out[row * size + i] = dot(own, matrix.subarray(i * size, (i + 1) * size));
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function scale(vector: Float64Array, length: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] = length > 0 ? vector[i]! / length : 0;
}

function turnSign(vector: Float64Array): void {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let i = 0; i < vector.length; i++) vector[i] = -vector[i]!;
}
