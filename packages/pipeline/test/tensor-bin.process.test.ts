import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTensor } from '@qualm/types';
import { createTensorBin } from '../src/tensor-bin.ts';

describe('createTensorBin', () => {
  it('frees the memory of tensors at once, that of two views once', () => {
    const free = createTensorBin();
    const buffer = new ArrayBuffer(16);
    const [a, b] = [new Float32Array(buffer, 0, 2), new Float32Array(buffer, 8, 2)];
    free({ a: createTensor('float32', [2], a), b: createTensor('float32', [2], b) });
    expect([buffer.byteLength, a.length, b.length]).toEqual([0, 0, 0]);
  });

  it('leaves shared memory alone', () => {
    const data = new Float32Array(new SharedArrayBuffer(8));
    createTensorBin()({ x: createTensor('float32', [2], data) });
    expect(data.length).toBe(2);
  });

  it('does not hold what it was given: a gigabyte goes through in pieces of 16 MB', async () => {
    const free = createTensorBin();
    // The port closes when the event loop turns.
    for (let turns = 0; turns < 10; turns++) await setImmediate();
    const before = process.memoryUsage.rss();
    let most = 0;
    for (let round = 0; round < 64; round++) {
      free({ x: createTensor('uint8', [1 << 24], new Uint8Array(1 << 24).fill(1)) });
      most = Math.max(most, process.memoryUsage.rss() - before);
    }
    expect(most).toBeLessThan(200e6);
  });
});
