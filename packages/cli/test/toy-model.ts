import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import type { OnnxInitializer, OnnxNode } from '@qualm/testkit';
import type { ModelSpec } from '@qualm/types';

/** A detector with four anchors, the quarters of the image; each has the softmax of four times its
 * mean red, green and blue.
 */
export const toySpec: ModelSpec = {
  specVersion: 1,
  name: 'quarters',
  license: 'Apache-2.0',
  flavor: 'onnx',
  files: { model: 'quarters.onnx' },
  input: {
    size: { width: 32, height: 32 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'rgb',
    resize: { mode: 'stretch' },
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  head: {
    type: 'ssd',
    outputs: { scores: 'scores', boxes: 'boxes' },
    activation: 'none',
    background: false,
    boxEncoding: { type: 'decoded', format: 'xyxy' },
  },
  scoreKind: 'distribution',
  labels: [
    { id: 1, name: 'red' },
    { id: 2, name: 'green' },
    { id: 3, name: 'blue' },
  ],
};

/** Writes the model and its spec, and gives the spec's path. `products` slows a run down by so many
 * times 268 MFLOP.
 */
export async function writeToyModel(
  folder: string,
  { spec = toySpec, products = 0 }: { readonly spec?: object; readonly products?: number } = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'quarters.onnx'), quarters(products));
  const path = join(folder, 'quarters.json');
  await writeFile(path, JSON.stringify(spec));
  return path;
}

function quarters(products: number): Uint8Array {
  const corners = [0, 0, 0.5, 0.5, 0.5, 0, 1, 0.5, 0, 0.5, 0.5, 1, 0.5, 0.5, 1, 1];
  const pool = { kernel_shape: { ints: [16, 16] }, strides: { ints: [16, 16] } };
  return encodeOnnxModel({
    name: 'quarters',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 32, 32] }],
    outputs: [
      { name: 'scores', dtype: 'float32', shape: [1, 4, 3] },
      { name: 'boxes', dtype: 'float32', shape: [1, 4, 4] },
    ],
    initializers: [
      floats('corners', [1, 4, 4], corners),
      floats('four', [1], [4]),
      { name: 'shape', dtype: 'int64', shape: [3], data: BigInt64Array.of(1n, 3n, 4n) },
      ...busyConstants(products),
    ],
    nodes: [
      { op: 'AveragePool', inputs: ['x'], outputs: ['means'], attributes: pool },
      { op: 'Reshape', inputs: ['means', 'shape'], outputs: ['flat'] },
      { op: 'Transpose', inputs: ['flat'], outputs: ['rows'], attributes: { perm: { ints: [0, 2, 1] } } },
      { op: 'Mul', inputs: ['rows', 'four'], outputs: ['logits'] },
      ...busyWork(products),
      {
        op: 'Softmax',
        inputs: [products > 0 ? 'busy-logits' : 'logits'],
        outputs: ['scores'],
        attributes: { axis: { int: -1 } },
      },
      { op: 'Identity', inputs: ['corners'], outputs: ['boxes'] },
    ],
  });
}

/** Work that comes to nothing, and that the runtime cannot leave out since it depends on the image.
 */
function busyWork(products: number): OnnxNode[] {
  if (products === 0) return [];
  const chain = Array.from({ length: products }, (_, i) => ({
    op: 'MatMul',
    inputs: [`busy${i}`, 'square'],
    outputs: [`busy${i + 1}`],
  }));
  return [
    { op: 'ReduceMean', inputs: ['x'], outputs: ['mean'], attributes: { keepdims: { int: 0 } } },
    { op: 'Mul', inputs: ['tall', 'mean'], outputs: ['busy0'] },
    ...chain,
    { op: 'ReduceMean', inputs: [`busy${products}`], outputs: ['end'], attributes: { keepdims: { int: 0 } } },
    { op: 'Mul', inputs: ['end', 'nothing'], outputs: ['zero'] },
    { op: 'Add', inputs: ['logits', 'zero'], outputs: ['busy-logits'] },
  ];
}

function busyConstants(products: number): OnnxInitializer[] {
  if (products === 0) return [];
  return [
    floats('tall', [2048, 256], new Float32Array(2048 * 256).fill(1)),
    floats('square', [256, 256], new Float32Array(256 * 256).fill(1 / 256)),
    floats('nothing', [1], [0]),
  ];
}

function floats(name: string, shape: readonly number[], values: ArrayLike<number>): OnnxInitializer {
  return { name, dtype: 'float32', shape, data: Float32Array.from(values) };
}
