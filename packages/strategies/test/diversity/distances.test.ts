import { describe, expect, it } from 'vitest';
import { createDistances } from '../../src/diversity/create-distances.ts';
import { createPlainDistances } from '../../src/diversity/plain-distances.ts';
import { createWasmDistances } from '../../src/diversity/wasm-distances.ts';
import { expectSameDistances } from './distance-properties.ts';

describe.each([Float32Array, Float64Array])('distances of %o', (Storage) => {
  it('in WebAssembly have the bits of the plain form, whatever the bound', () => expectSameDistances(Storage, 30));

  it('of one row are sums of squares within rounding', () => {
    const shape = { Storage, numRows: 2, dimensions: 5, numCentres: 1 };
    const distances = createPlainDistances(shape);
    distances.rows.set([1, 2, 3, 4, 5], 0);
    distances.rows.set([0, 4, 0, 8, 0], distances.stride);
    expect(distances.nearest(1, 0, 1, Infinity)).toBe(1 + 4 + 9 + 16 + 25);
    expect(distances.nearest(1, 0, 1, 55)).toBe(55);
    expect(distances.within(1, 0, 1, 55)).toBe(1);
    expect(distances.within(1, 0, 1, 54)).toBe(0);
  });
});

it('createDistances takes memory of its own in WebAssembly for large shapes, and none that is too large', () => {
  const shape = { Storage: Float32Array, numRows: 1 << 14, dimensions: 4, numCentres: 3 };
  expect(createDistances(shape).rows.byteOffset).toBeGreaterThan(0);
  expect(createDistances({ ...shape, numRows: 9 }).rows.byteOffset).toBe(0);
  expect(createWasmDistances({ ...shape, numRows: 1 << 29 })).toBeNull();
});
