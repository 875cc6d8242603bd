/** Writes a toy model and its spec: two boxes whose scores are how red and how blue an image is.
 * npm run model
 */
import { writeFile } from 'node:fs/promises';
import { encodeOnnxModel } from '@qualm/testkit';
import type { ModelSpec } from '@qualm/types';
import type { CornersSpec } from './corners.ts';

const head: CornersSpec = { type: 'corners', outputs: { predictions: 'predictions' }, units: 'relative' };
const spec: ModelSpec = {
  specVersion: 1,
  name: 'red-or-blue',
  flavor: 'onnx',
  files: { model: 'red-or-blue.onnx' },
  input: {
    size: { width: 8, height: 8 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'rgb',
    resize: { mode: 'stretch' },
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  head,
  labels: [
    { id: 1, name: 'red' },
    { id: 2, name: 'blue' },
  ],
};

/** The left half and the right half. */
const boxes = Float32Array.of(0, 0, 0.5, 1, 0.5, 0, 1, 1);
const model = encodeOnnxModel({
  name: spec.name,
  opset: 17,
  inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 8, 8] }],
  outputs: [{ name: 'predictions', dtype: 'float32', shape: [1, 2, 6] }],
  initializers: [
    { name: 'boxes', dtype: 'float32', shape: [1, 2, 4], data: boxes },
    { name: 'red and blue', dtype: 'int64', shape: [2], data: BigInt64Array.of(0n, 2n) },
    { name: 'rows', dtype: 'int64', shape: [3], data: BigInt64Array.of(1n, 2n, 2n) },
    { name: 'row', dtype: 'int64', shape: [3], data: BigInt64Array.of(1n, 1n, 2n) },
  ],
  nodes: [
    { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
    { op: 'Gather', inputs: ['mean', 'red and blue'], outputs: ['two'], attributes: { axis: { int: 1 } } },
    { op: 'Reshape', inputs: ['two', 'row'], outputs: ['scores'] },
    { op: 'Expand', inputs: ['scores', 'rows'], outputs: ['both'] },
    { op: 'Concat', inputs: ['boxes', 'both'], outputs: ['predictions'], attributes: { axis: { int: 2 } } },
  ],
});

await writeFile('red-or-blue.onnx', model);
await writeFile('red-or-blue.json', `${JSON.stringify(spec, null, 2)}\n`);
