import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEntropy, createRandom, entropy, leastConfidence, margin, ratio } from '../../src/index.ts';
import type { Matrix } from '../../src/index.ts';
import { createRowKernel } from '../../src/simd/row-kernel.ts';
import { entropyModule } from '../../src/simd/entropy.generated.ts';
import { topTwoModule } from '../../src/simd/top-two.generated.ts';
import { fillEntropies } from '../../src/uncertainty/entropy-sums.ts';
import { logTable } from '../../src/uncertainty/log-table.ts';

/* The kernels take matrices of 16,384 scores and more; what smaller ones get, the plain form, is tested elsewhere. */

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

/** Whole rows of a kernel's size: most scores in 0..1, some of every other kind, and rows of zeros. */
function scores(seed: number, numClasses: number, share: number): Float32Array {
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

describe.each([leastConfidence, margin, ratio])('$name.scoreRows', (strategy) => {
  it.each([Float32Array, Float64Array])(
    'of a large %o is score row by row, to the bit',
    (Storage) => {
      fc.assert(
        fc.property(fc.nat(), numClasses, share, (seed, width, part) => {
          const matrix = Storage.from(scores(seed, width, part));
          expect(strategy.scoreRows!(matrix, width)).toEqual(rowByRow(strategy, matrix, width));
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );
});

describe.each([
  ['entropy', entropy],
  ['entropy, raw', createEntropy({ renormalize: false })],
])('%s.scoreRows', (_, strategy) => {
  it('of a large matrix is score row by row within 1e-12, and NaN and Infinity where that is', () => {
    fc.assert(
      fc.property(fc.nat(), numClasses, share, (seed, width, part) => {
        const matrix = scores(seed, width, part);
        const wanted = rowByRow(strategy, matrix, width);
        strategy.scoreRows!(matrix, width).forEach((got, row) => {
          const value = wanted[row]!;
          if (!Number.isFinite(value)) expect(got).toBe(value);
          else expect(Math.abs(got - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
        });
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('the kernel of entropy gives the bits of its plain form', () => {
  const kernel = createRowKernel(entropyModule, ({ memory, table }) => {
    new Float64Array(memory.buffer, table!.value, logTable().length).set(logTable());
  });
  const finish = (sum: number, logs: number): number => logs + sum / 3;
  const score = (): number => 7;
  for (const width of [1, 2, 3, 90, 91]) {
    const matrix = scores(width, width, 0.001);
    const [wasm, plain] = [0, 0].map(() => new Float64Array(matrix.length / width));
    expect(kernel(matrix, width, wasm!, finish, score)).toBe(true);
    fillEntropies(matrix, width, plain!, finish, score);
    expect(wasm).toEqual(plain);
  }
});

it('a kernel leaves small matrices, enormous rows, and a module that is none, to the caller', () => {
  const kernel = createRowKernel(topTwoModule);
  const first = (a: number): number => a;
  const out = new Float64Array(1).fill(5);
  expect(kernel(new Float32Array(90), 90, out, first, first as never)).toBe(false);
  expect(kernel(new Float32Array(1 << 20), 1 << 20, out, first, first as never)).toBe(false);
  expect(createRowKernel('AGFzbQ==')(new Float32Array(1 << 15), 1 << 15, out, first, first as never)).toBe(false);
  expect(out[0]).toBe(5);
});
