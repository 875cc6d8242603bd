import { assertNumbers, assertWhole } from '@qualm/types';

/** The order of rows and columns that brings together what is confused: average-linkage clustering
 * of a symmetric likeness, each cluster turned so that its likest ends meet. Ties go to the lower
 * index, so that the order is always the same.
 * @param likeness row-major [size, size]; what is on the diagonal does not count.
 * @returns the indices 0..size-1 in their new order.
 * @throws RangeError when there is not one number for each pair.
 * @see Gruvaeus & Wainer 1972, Two additions to hierarchical cluster analysis
 * @example clusterOrder(Float64Array.of(0, 0, 9, 0, 0, 1, 9, 1, 0), 3) // [0, 2, 1]
 */
export function clusterOrder(likeness: ArrayLike<number>, size: number): number[] {
  assertNumbers('clusterOrder', 'its likeness', likeness);
  assertWhole('clusterOrder', 'its size', size, 0);
  if (likeness.length !== size * size)
    throw new RangeError(`clusterOrder: ${likeness.length} numbers for a size of ${size}; expected ${size * size}`);
  const between = Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return (likeness[row * size + column]! + likeness[column * size + row]!) / 2;
  });
  const original = between.slice();
  const clusters: (number[] | null)[] = Array.from({ length: size }, (_, index) => [index]);
  for (let left = size; left > 1; left--) {
    const [a, b] = likest(between, clusters, size);
    const [first, second] = [clusters[a]!, clusters[b]!];
    for (let other = 0; other < size; other++) {
      if (!clusters[other] || other === a || other === b) continue;
      const [toA, toB] = [between[a * size + other]!, between[b * size + other]!];
      const mean = (toA * first.length + toB * second.length) / (first.length + second.length);
      between[a * size + other] = between[other * size + a] = mean;
    }
    clusters[a] = joined(first, second, original, size);
    clusters[b] = null;
  }
  return clusters.find((cluster) => cluster !== null) ?? [];
}

function likest(between: Float64Array, clusters: readonly (number[] | null)[], size: number): [number, number] {
  let best: [number, number] = [-1, -1];
  let most = -Infinity;
  for (let a = 0; a < size; a++) {
    if (!clusters[a]) continue;
    for (let b = a + 1; b < size; b++) {
      if (!clusters[b] || between[a * size + b]! <= most) continue;
      most = between[a * size + b]!;
      best = [a, b];
    }
  }
  return best;
}

/** The two clusters one after the other, each as it is or turned, whichever has the likest
 * neighbours where they meet.
 */
function joined(first: readonly number[], second: readonly number[], likeness: Float64Array, size: number): number[] {
  const turned = (cluster: readonly number[]): number[] => [...cluster].reverse();
  const ways = [
    [first, second],
    [first, turned(second)],
    [turned(first), second],
    [turned(first), turned(second)],
  ] as const;
  const meeting = ([a, b]: (typeof ways)[number]): number => likeness[a.at(-1)! * size + b[0]!]!;
  const [a, b] = ways.reduce((best, way) => (meeting(way) > meeting(best) ? way : best));
  return [...a, ...b];
}
