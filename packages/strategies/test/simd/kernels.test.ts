import { describe, expect, it } from 'vitest';
import { createRowKernel } from '../../src/simd/row-kernel.ts';
import { entropyModule } from '../../src/simd/entropy.generated.ts';
import { topTwoModule } from '../../src/simd/top-two.generated.ts';
import { fillEntropies } from '../../src/uncertainty/entropy-sums.ts';
import { logTable } from '../../src/uncertainty/log-table.ts';
import { entropies, expectSameBits, expectSameNumbers, scores, topTwoStrategies } from './kernel-properties.ts';

/* The kernels take matrices of 16,384 scores and more; what smaller ones get, the plain form, is
 * tested elsewhere.
 */

describe.each(topTwoStrategies)('$name.scoreRows', (strategy) => {
  it.each([Float32Array, Float64Array])('of a large %o is score row by row, to the bit', (Storage) => {
    expectSameBits(strategy, Storage, 10);
  });
});

describe.each(entropies)('%s.scoreRows', (_, strategy) => {
  it('of a large matrix is score row by row within 1e-12, and NaN and Infinity where that is', () => {
    expectSameNumbers(strategy, 10);
  });
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

it('a kernel leaves small matrices, enormous rows, and an invalid module, to the caller', () => {
  const kernel = createRowKernel(topTwoModule);
  const first = (a: number): number => a;
  const out = new Float64Array(1).fill(5);
  expect(kernel(new Float32Array(90), 90, out, first, first as never)).toBe(false);
  expect(kernel(new Float32Array(1 << 20), 1 << 20, out, first, first as never)).toBe(false);
  expect(createRowKernel('AGFzbQ==')(new Float32Array(1 << 15), 1 << 15, out, first, first as never)).toBe(false);
  expect(out[0]).toBe(5);
});
