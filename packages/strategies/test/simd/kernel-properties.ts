import fc from 'fast-check';
import { expect } from 'vitest';
import { createEntropy, createRandom, entropy, leastConfidence, margin, ratio } from '../../src/index.ts';
import type { Matrix, ScoreFunction } from '../../src/index.ts';

export const topTwoStrategies = [leastConfidence, margin, ratio];
export const entropies = [
  ['entropy', entropy],
  ['entropy, raw', createEntropy({ renormalize: false })],
] as const;

const special = [
  0,
  -0,
  1,
  2,
  NaN,
  Infinity,
  -Infinity,
  -0.25,
  1e-45,
  1e-39,
  1.1754943508222875e-38,
  1 - 2 ** -24,
  3e38,
];

/** Whole rows of a kernel's size: most scores in 0..1, some of every other kind, and rows of zeros.
 */
export function scores(seed: number, numClasses: number, share: number): Float32Array {
  const random = createRandom(seed);
  const rows = Math.ceil((1 << 14) / numClasses) + 1;
  const matrix = Float32Array.from({ length: rows * numClasses }, () =>
    random() < share ? special[Math.floor(random() * special.length)]! : random() ** 4,
  );
  matrix.fill(0, 0, numClasses);
  return matrix;
}

const numClasses = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(80, 90, 91, 1000, 1001, 20_000));
const share = fc.constantFrom(0, 0.001, 0.1);

function rowByRow(strategy: (row: Matrix) => number, matrix: Matrix, width: number): Float64Array {
  return Float64Array.from({ length: matrix.length / width }, (_, row) =>
    strategy(matrix.subarray(row * width, (row + 1) * width)),
  );
}

/** Of a large matrix, `scoreRows` is `score` row by row, to the bit. */
export function expectSameBits(
  strategy: ScoreFunction,
  Storage: Float32ArrayConstructor | Float64ArrayConstructor,
  numRuns: number,
): void {
  const property = fc.property(fc.nat(), numClasses, share, (seed, width, part) => {
    const matrix = Storage.from(scores(seed, width, part));
    const [got, wanted] = [strategy.scoreRows!(matrix, width), rowByRow(strategy, matrix, width)];
    expect(got.findIndex((value, row) => !Object.is(value, wanted[row]))).toBe(-1);
    expect(got).toHaveLength(wanted.length);
  });
  fc.assert(property, { numRuns });
}

/** Of a large matrix, `scoreRows` is `score` row by row within 1e-12, and NaN and Infinity where
 * that is.
 */
export function expectSameNumbers(strategy: ScoreFunction, numRuns: number): void {
  const property = fc.property(fc.nat(), numClasses, share, (seed, width, part) => {
    const matrix = scores(seed, width, part);
    const wanted = rowByRow(strategy, matrix, width);
    const isNear = (got: number, value: number): boolean =>
      Number.isFinite(value) ? Math.abs(got - value) <= 1e-12 * Math.max(1, Math.abs(value)) : Object.is(got, value);
    expect(strategy.scoreRows!(matrix, width).findIndex((got, row) => !isNear(got, wanted[row]!))).toBe(-1);
  });
  fc.assert(property, { numRuns });
}
