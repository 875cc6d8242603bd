import { describe, expect, test } from 'vitest';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tensorStorage } from '@qualm/types';
import type { DType } from '@qualm/types';
import { encodeOnnxModel } from '../src/index.ts';
import type { OnnxGraph, OnnxTensor } from '../src/index.ts';

const affine: OnnxGraph = {
  name: 'affine',
  opset: 17,
  inputs: [{ name: 'x', dtype: 'float32', shape: ['batch', 2] }],
  outputs: [{ name: 'y', dtype: 'float32', shape: ['batch', 2] }],
  initializers: [
    { name: 'w', dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    { name: 'b', dtype: 'float32', shape: [2], data: Float32Array.of(10, 20) },
  ],
  nodes: [
    {
      op: 'Gemm',
      inputs: ['x', 'w', 'b'],
      outputs: ['y'],
      attributes: { alpha: { float: 0.5 }, transB: { int: 1 } },
    },
  ],
};

describe('encodeOnnxModel(graph)', () => {
  test('gives a model that ONNX Runtime loads and computes', async () => {
    const session = await InferenceSession.create(encodeOnnxModel(affine));
    const { y } = await session.run({ x: new Tensor('float32', [1, 1, 2, 0], [2, 2]) });
    expect([...(y!.data as Float32Array)]).toEqual([11.5, 23.5, 11, 23]);
    expect(session.inputMetadata[0]).toMatchObject({ name: 'x', type: 'float32', shape: ['batch', 2] });
  });

  test.each(Object.keys(tensorStorage) as DType[])('keeps the bits of a constant of dtype %s', async (dtype) => {
    const data = tensorStorage[dtype].BYTES_PER_ELEMENT === 8 && dtype !== 'float64' ? [0n, 1n, 1n] : [0, 1, 1];
    const tensor = {
      dtype,
      shape: [3],
      data: (tensorStorage[dtype] as unknown as { from(values: unknown): unknown }).from(data),
    } as OnnxTensor;
    const session = await InferenceSession.create(
      encodeOnnxModel({
        name: 'constant',
        opset: 17,
        inputs: [],
        outputs: [{ name: 'y', dtype, shape: [3] }],
        nodes: [{ op: 'Constant', inputs: [], outputs: ['y'], attributes: { value: { tensor } } }],
      }),
    );
    const { y } = await session.run({});
    expect(y!.type).toBe(dtype);
    const bytes = y!.data as Uint8Array;
    expect(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toEqual(Buffer.from(tensor.data.buffer));
  });

  test('writes int, ints, float, floats, string and strings attributes', async () => {
    const session = await InferenceSession.create(
      encodeOnnxModel({
        name: 'attributes',
        opset: 17,
        inputs: [{ name: 'x', dtype: 'float32', shape: [1, 1, 2, 2] }],
        outputs: [
          { name: 'pooled', dtype: 'float32', shape: [1, 1, 3, 3] },
          { name: 'floats', dtype: 'float32', shape: [2] },
          { name: 'same', dtype: 'float32', shape: [1, 1, 2, 2] },
        ],
        nodes: [
          {
            op: 'MaxPool',
            inputs: ['x'],
            outputs: ['pooled'],
            attributes: { kernel_shape: { ints: [2, 2] }, pads: { ints: [1, 1, 1, 1] } },
          },
          {
            op: 'Constant',
            inputs: [],
            outputs: ['floats'],
            attributes: { value_floats: { floats: [0.5, -2] } },
          },
          {
            op: 'MaxPool',
            inputs: ['x'],
            outputs: ['same'],
            attributes: { kernel_shape: { ints: [2, 2] }, auto_pad: { string: 'SAME_UPPER' } },
          },
        ],
      }),
    );
    const outputs = await session.run({ x: new Tensor('float32', [1, 2, 3, 4], [1, 1, 2, 2]) });
    expect([...(outputs['pooled']!.data as Float32Array)]).toEqual([1, 2, 2, 3, 4, 4, 3, 4, 4]);
    expect([...(outputs['floats']!.data as Float32Array)]).toEqual([0.5, -2]);
    expect([...(outputs['same']!.data as Float32Array)]).toEqual([4, 4, 4, 4]);
  });

  test('gives the same bytes for the same graph', () => {
    expect(encodeOnnxModel(affine)).toEqual(encodeOnnxModel(affine));
  });

  test('throws RangeError for a tensor that does not fill its shape', () => {
    const initializers = [{ name: 'w', dtype: 'float32', shape: [3], data: new Float32Array(2) }] as const;
    expect(() => encodeOnnxModel({ ...affine, initializers })).toThrow(
      new RangeError('encodeOnnxModel: tensor "w" of shape [3] needs 3 elements, data has 2'),
    );
  });
});
