import { encodeOnnxModel } from '@qualm/testkit';
import * as ort from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { assertComputes, checkModel } from '../src/worker/device-check.ts';

const model = encodeOnnxModel({
  name: 'check',
  opset: 17,
  inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3] }],
  outputs: [{ name: 'y', dtype: 'float32', shape: [1, 2] }],
  initializers: [{ name: 'w', dtype: 'float32', shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
});

it('the model that checks a device is the product that it says', async () => {
  expect(checkModel).toBe(Buffer.from(model).toString('base64'));
  await expect(assertComputes({ ort, file: '' }, 'cpu')).resolves.toBeUndefined();
});
