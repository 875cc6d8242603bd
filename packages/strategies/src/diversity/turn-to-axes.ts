/** Turns orthonormal vectors [n, size] within the space that they span, so that they are the
 * axes of the matrix there: Rayleigh and Ritz, by Jacobi's rotations.
 * @param images the matrix times each vector
 * @returns the vectors by descending values
 */
export function turnToAxes(
  vectors: Float64Array,
  images: Float64Array,
  size: number,
): { readonly vectors: Float64Array<ArrayBuffer>; readonly values: Float64Array<ArrayBuffer> } {
  const count = vectors.length / size;
  const small = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += vectors[i * size + k]! * images[j * size + k]!;
      small[i * count + j] = small[j * count + i] = sum;
    }
  const turn = jacobi(small, count);
  const order = Array.from({ length: count }, (_, axis) => axis).sort(
    (a, b) => small[b * count + b]! - small[a * count + a]!,
  );
  const turned = new Float64Array(vectors.length);
  order.forEach((axis, place) => {
    for (let i = 0; i < count; i++) {
      const factor = turn[i * count + axis]!;
      for (let k = 0; k < size; k++) turned[place * size + k]! += factor * vectors[i * size + k]!;
    }
  });
  return { vectors: turned, values: Float64Array.from(order, (axis) => small[axis * count + axis]!) };
}

const mostSweeps = 30;

/** Makes a symmetric matrix diagonal, in place; the columns of what comes back are its axes. */
function jacobi(matrix: Float64Array, size: number): Float64Array {
  const axes = new Float64Array(size * size);
  for (let i = 0; i < size; i++) axes[i * size + i] = 1;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let [off, all] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const square = matrix[i * size + j]! ** 2;
        all += square;
        if (i !== j) off += square;
      }
    if (off <= 1e-28 * all) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, axes, size, p, q);
  }
  return axes;
}

/** Makes the number at p, q nothing. */
function rotate(matrix: Float64Array, axes: Float64Array, size: number, p: number, q: number): void {
  const between = matrix[p * size + q]!;
  if (between === 0) return;
  const theta = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * between);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let i = 0; i < size; i++) turnPair(matrix, i * size + p, i * size + q, cosine, sine);
  for (let i = 0; i < size; i++) turnPair(matrix, p * size + i, q * size + i, cosine, sine);
  for (let i = 0; i < size; i++) turnPair(axes, i * size + p, i * size + q, cosine, sine);
}

function turnPair(numbers: Float64Array, p: number, q: number, cosine: number, sine: number): void {
  const [first, second] = [numbers[p]!, numbers[q]!];
  numbers[p] = cosine * first - sine * second;
  numbers[q] = sine * first + cosine * second;
}
