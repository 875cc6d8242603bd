import type { Matrix } from '@qualm/types/rows';
import { mostFound, strideOf, type Distances, type DistancesShape } from './distances.ts';

/** Distances by the definition of this package: in float64, in four sums, `(s0 + s2) + (s1 + s3)`.
 */
export function createPlainDistances(shape: DistancesShape): Distances {
  const stride = strideOf(shape);
  const rows = new shape.Storage(shape.numRows * stride);
  const centres = new Uint32Array(shape.numCentres);
  const found = new Uint32Array(mostFound);
  const squares = new Float64Array(mostFound);
  const nearest: Distances['nearest'] = (row, from, to, bound) => {
    let least = bound;
    for (let slot = from; slot < to; slot++) {
      const squared = squaredDistance(rows, row * stride, centres[slot]! * stride, stride, least);
      if (squared >= least) continue;
      least = squared;
      found[0] = slot;
    }
    return least;
  };
  const within: Distances['within'] = (row, from, to, bound) => {
    let count = 0;
    for (let slot = from; slot < to; slot++) {
      const squared = squaredDistance(rows, row * stride, centres[slot]! * stride, stride, bound);
      if (squared > bound) continue;
      found[count] = slot;
      squares[count++] = squared;
    }
    return count;
  };
  return { rows, stride, centres, nearest, within, found, squares };
}

/** The distance, or, once it has passed `bound`, any number that has. */
function squaredDistance(rows: Matrix, a: number, b: number, stride: number, bound: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let from = 0; from < stride; from += 64) {
    for (let i = from; i < Math.min(from + 64, stride); i += 4) {
      const [d0, d1] = [rows[a + i]! - rows[b + i]!, rows[a + i + 1]! - rows[b + i + 1]!];
      const [d2, d3] = [rows[a + i + 2]! - rows[b + i + 2]!, rows[a + i + 3]! - rows[b + i + 3]!];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    if (s0 + s2 + (s1 + s3) > bound) break;
  }
  return s0 + s2 + (s1 + s3);
}
