import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTensor } from '@qualm/types';
import { packTensors } from '../src/index.ts';

describe('packTensors(tensors)', () => {
  test('equals what came, in buffers of its own that are all transferred', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.float32Array({ maxLength: 9 })), (columns) => {
        const tensors = Object.fromEntries(
          Object.entries(columns).map(([name, data]) => [name, createTensor('float32', [data.length], data)]),
        );
        const { value, transfer } = packTensors(tensors);
        expect(value).toEqual(tensors);
        expect(transfer).toEqual(Object.values(value).map(({ data }) => data.buffer));
        for (const { data } of Object.values(tensors)) expect(transfer).not.toContain(data.buffer);
      }),
    ));

  test('takes no more than the view of a larger buffer', () => {
    const data = new Float32Array(1000).subarray(10, 12);
    expect(packTensors({ x: createTensor('float32', [2], data) }).transfer[0]!.byteLength).toBe(8);
  });

  test('leaves shared memory as it is', () => {
    const data = new Uint8Array(new SharedArrayBuffer(4));
    const { value, transfer } = packTensors({ x: createTensor('uint8', [4], data) });
    expect(value['x']!.data).toBe(data);
    expect(transfer).toEqual([]);
  });
});
