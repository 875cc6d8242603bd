import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorSize } from '@qualm/types';
import { convertTfjsToOnnx } from '../src/convert-tfjs-to-onnx.ts';
import { readModelFiles } from '../src/read-model-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-convert-'));
// TF.js has one backend a thread: other files of this thread may have chosen theirs, which computes
// some of these otherwise.
beforeAll(() => tf.setBackend('cpu'));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface ToyNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const float = { type: 'DT_FLOAT' };
const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
const ints = (...values: number[]) => ({ list: { i: values.map(String) } });
const sizes = (shape: readonly number[]) => ({ shape: { dim: shape.map((size) => ({ size: String(size) })) } });
const values = (count: number, seed: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(seed + 1.7 * i));
const window = (stride: number, padding = 'SAME', dilation = 1) => ({
  T: float,
  strides: ints(1, stride, stride, 1),
  dilations: ints(1, dilation, dilation, 1),
  padding: text(padding),
  data_format: text('NHWC'),
});

async function writeToy(
  nodes: readonly ToyNode[],
  weights: Readonly<Record<string, readonly number[]>>,
  input: number[],
) {
  const entries = Object.entries(weights).map(([name, shape]) => ({ name, shape, dtype: 'float32' }));
  const bytes = entries.map(({ name, shape }, i) =>
    values(tensorSize(shape), i).map((value) => (name === 'variance' ? Math.abs(value) + 0.5 : value)),
  );
  const place = await mkdtemp(join(folder, 'toy-'));
  await writeFile(join(place, 'w.bin'), Buffer.concat(bytes.map((part) => Buffer.from(part.buffer))));
  const constants = entries.map(({ name }) => ({ name, op: 'Const', attr: { dtype: float } }));
  const x = { name: 'x', op: 'Placeholder', attr: { dtype: float, shape: sizes(input) } };
  const path = join(place, 'model.json');
  const modelTopology = { node: [x, ...constants, ...nodes], library: {}, versions: {} };
  const weightsManifest = [{ paths: ['w.bin'], weights: entries }];
  await writeFile(path, JSON.stringify({ format: 'graph-model', modelTopology, weightsManifest }));
  return path;
}

async function runTfjs(files: Awaited<ReturnType<typeof readModelFiles>>, input: number[], x: Float32Array) {
  const { weightsManifest, ...artifacts } = files.modelJson as tf.io.ModelJSON;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = new Uint8Array(files.weights).buffer;
  const model = await loadGraphModel({ load: () => Promise.resolve({ ...artifacts, weightSpecs, weightData }) });
  const y = model.execute({ x: tf.tensor(x, input) }, 'y') as tf.Tensor;
  return { shape: y.shape, data: await y.data<'float32'>() };
}

/** The largest difference between TF.js and ONNX Runtime for output `y`, and the ONNX graph's size.
 */
async function difference(
  nodes: readonly ToyNode[],
  weights: Readonly<Record<string, readonly number[]>>,
  input: number[],
) {
  const path = await writeToy(nodes, weights, input);
  const x = values(tensorSize(input), 9);
  const files = await readModelFiles(path);
  const expected = await runTfjs(files, input, x);
  const onnx = convertTfjsToOnnx({
    ...files,
    inputs: [{ name: 'x', shape: [null, ...input.slice(1)] }],
    outputs: [{ name: 'y', shape: expected.shape.map(() => null) }],
  });
  const [n, h, w, c] = input as [number, number, number, number];
  const nchw = Float32Array.from(
    x,
    (_, i) => x[(Math.floor(i / (c * h * w)) * h * w + (i % (h * w))) * c + (Math.floor(i / (h * w)) % c)]!,
  );
  const session = await ort.InferenceSession.create(onnx);
  const results = await session.run({ x: new ort.Tensor('float32', nchw, [n, c, h, w]) });
  expect(results['y']!.dims).toEqual(expected.shape);
  const found = results['y']!.data as Float32Array;
  return found.reduce((max, value, i) => Math.max(max, Math.abs(value - expected.data[i]!)), 0);
}

const conv = (input = 'x', name = 'conv', filter = 'filter', stride = 1): ToyNode => ({
  name,
  op: 'Conv2D',
  input: [input, filter],
  attr: window(stride),
});
const node = (op: string, input: string[], attr = {}, name = 'y'): ToyNode => ({
  name,
  op,
  input,
  attr: { T: float, ...attr },
});
const norm = node('FusedBatchNormV3', ['conv', 'gamma', 'beta', 'mean', 'variance'], {
  epsilon: { f: 0.001 },
  is_training: { b: false },
});
const normWeights = { gamma: [4], beta: [4], mean: [4], variance: [4] };

describe('convertTfjsToOnnx computes what TF.js computes', () => {
  it.each(
    [5, 6, 7, 8].flatMap((size) =>
      [1, 2, 3].flatMap((stride) =>
        ['SAME', 'VALID'].flatMap((padding) => [2, 3].map((kernel) => ({ size, stride, padding, kernel }))),
      ),
    ),
  )(
    'for a convolution of $size by kernel $kernel, stride $stride, $padding',
    async ({ size, stride, padding, kernel }) => {
      const y = { ...conv(), name: 'y', attr: window(stride, padding) };
      expect(await difference([y], { filter: [kernel, kernel, 3, 4] }, [2, size, size + 1, 3])).toBeLessThan(1e-5);
    },
  );

  it.each<[string, ToyNode[], Record<string, readonly number[]>]>([
    ['a dilated convolution', [{ ...conv(), name: 'y', attr: window(1, 'SAME', 2) }], { filter: [3, 3, 3, 4] }],
    [
      'a depthwise convolution with two filters a channel',
      [node('DepthwiseConv2dNative', ['x', 'filter'], window(2))],
      { filter: [3, 3, 3, 2] },
    ],
    ['a bias', [conv(), node('BiasAdd', ['conv', 'bias'])], { filter: [3, 3, 3, 4], bias: [4] }],
    [
      'scale, then shift',
      [conv(), node('Mul', ['conv', 'scale'], {}, 'm'), node('Add', ['shift', 'm'])],
      { filter: [1, 1, 3, 4], scale: [4], shift: [4] },
    ],
    ['a batch norm', [conv(), norm], { filter: [1, 1, 3, 4], ...normWeights }],
    [
      'a residual sum with a late bias',
      [
        conv(),
        conv('conv', 'second', 'f2'),
        node('AddN', ['second', 'conv'], { N: { i: '2' } }, 's'),
        node('Add', ['b', 's']),
      ],
      { filter: [1, 1, 3, 4], f2: [3, 3, 4, 4], b: [4] },
    ],
    [
      'a convolution that two nodes read',
      [conv(), node('Mul', ['conv', 'scale'], {}, 'm'), node('Add', ['conv', 'm'])],
      { filter: [1, 1, 3, 4], scale: [4] },
    ],
    ['relu6', [conv(), node('Relu6', ['conv'])], { filter: [1, 1, 3, 4] }],
    [
      'a fused bias and relu6',
      [
        node('_FusedConv2D', ['x', 'filter', 'bias'], {
          ...window(1),
          num_args: { i: '1' },
          fused_ops: { list: { s: [text('BiasAdd').s, text('Relu6').s] } },
        }),
      ],
      { filter: [3, 3, 3, 4], bias: [4] },
    ],
    ['sigmoid and exp', [conv(), node('Exp', ['conv'], {}, 'e'), node('Sigmoid', ['e'])], { filter: [1, 1, 3, 4] }],
  ])('for %s', async (_, nodes, weights) => {
    expect(await difference(nodes, weights, [2, 6, 7, 3])).toBeLessThan(1e-5);
  });
});

it('convertTfjsToOnnx names the operator and the node that it cannot convert', async () => {
  const path = await writeToy([node('Cumsum', ['x'])], {}, [1, 2, 2, 1]);
  const cut = { inputs: [{ name: 'x', shape: [1, 2, 2, 1] }], outputs: [{ name: 'y', shape: [1] }] };
  const files = await readModelFiles(path);
  expect(() => convertTfjsToOnnx({ ...files, ...cut })).toThrow('cannot convert Cumsum node "y"');
});
