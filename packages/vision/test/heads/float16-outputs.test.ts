import { createTensor, formOf, toFloat16, widenFloat16 } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead, heads } from '../../src/index.ts';
import { headCases, specOf, tensorsOf } from './fixture.ts';

function changed(outputs: TensorMap, change: (tensor: TensorMap[string]) => TensorMap[string]): TensorMap {
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, change(tensor)]));
}

describe('decode of outputs in float16 gives the rows of the same numbers in float32', () => {
  it.each(headCases())('$name', ({ head, labels, size, geometry, outputs }) => {
    const half = changed(tensorsOf(outputs), ({ shape, data }) =>
      createTensor('float16', shape, toFloat16(data as Float32Array)),
    );
    const form = head['duplicates'] === 'keep' ? 'detections' : formOf({ head }, heads);
    const { decode } = createHead(specOf(head, labels, size), form);
    const rows = decode(half, [geometry]);
    expect(rows).toEqual(decode(changed(half, widenFloat16), [geometry]));
    expect(rows[0]!.length).toBeGreaterThan(0);
  });
});
