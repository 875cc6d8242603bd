import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTensor, tensorSize, tensorStorage } from '../src/index.ts';
import type { DType, Tensor, TensorMap } from '../src/index.ts';

describe('tensorSize(shape)', () => {
  it.each<[number[], number]>([
    [[], 1],
    [[3], 3],
    [[1, 3, 416, 416], 519168],
    [[5, 0, 2], 0],
  ])('%j has %i elements', (shape, size) => {
    expect(tensorSize(shape)).toBe(size);
  });
});

describe('createTensor(dtype, shape, data)', () => {
  it('keeps the data that it is given', () => {
    const data = Float32Array.of(3, 4);
    const tensor = createTensor('float32', [1, 2], data);
    expect(tensor.data).toBe(data);
    expect(tensor).toMatchObject({ dtype: 'float32', shape: [1, 2] });
  });

  it.each(Object.keys(tensorStorage) as DType[])('makes zeros of %s', (dtype) => {
    const { data } = createTensor(dtype, [2, 3]);
    expect(data).toBeInstanceOf(tensorStorage[dtype]);
    expect(data).toHaveLength(6);
    expect([...data].every((value) => Number(value) === 0)).toBe(true);
  });

  it('refuses data of another length', () => {
    expect(() => createTensor('float32', [2, 2], new Float32Array(3))).toThrow(
      'createTensor: shape [2,2] needs 4 elements, data has 3',
    );
    expect(() => createTensor('uint8', [2], new Uint8Array(3))).toThrow(RangeError);
  });

  it('has as many elements as its shape says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }), (shape) => {
        expect(createTensor('int32', shape).data).toHaveLength(tensorSize(shape));
      }),
    );
  });
});

it('the element type decides the storage', () => {
  const tensor = createTensor('int64', [1]);
  expectTypeOf(tensor).toEqualTypeOf<Tensor<'int64'>>();
  expectTypeOf(tensor.data).toEqualTypeOf<BigInt64Array>();
  expectTypeOf(createTensor('float16', [1]).data).toEqualTypeOf<Uint16Array>();
  expectTypeOf({ x: tensor }).toExtend<TensorMap>();
  // @ts-expect-error float32 is not kept in bytes
  const wrong = createTensor('float32', [1], Uint8Array.of(1));
  expect(wrong.dtype).toBe('float32');
});
