import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A weight of a toy model. */
export interface ToyWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Writes a model.json with its weights in `weights.bin`, and gives its path. */
export async function writeToyModel(
  folder: string,
  json: Readonly<Record<string, unknown>>,
  weights: readonly ToyWeight[] = [],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const bytes = Float32Array.from(weights.flatMap(({ values }) => values));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(bytes.buffer));
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify({ weightsManifest: [{ paths: ['weights.bin'], weights: manifest }], ...json }));
  return path;
}

/** A graph that doubles x while it is under 100, by TF's old control flow (Switch, Merge), which
 * only executeAsync runs.
 */
export const loopGraph: Readonly<Record<string, unknown>> = {
  format: 'graph-model',
  modelTopology: {
    node: [
      { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [] } } } },
      { name: 'limit', op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } },
      { name: 'enter', op: 'Enter', input: ['x'], attr: { frame_name: { s: 'bG9vcA==' }, is_constant: { b: false } } },
      {
        name: 'bound',
        op: 'Enter',
        input: ['limit'],
        attr: { frame_name: { s: 'bG9vcA==' }, is_constant: { b: true } },
      },
      { name: 'merge', op: 'Merge', input: ['enter', 'next'] },
      { name: 'less', op: 'Less', input: ['merge', 'bound'] },
      { name: 'cond', op: 'LoopCond', input: ['less'] },
      { name: 'switch', op: 'Switch', input: ['merge', 'cond'] },
      { name: 'body', op: 'Identity', input: ['switch:1'] },
      { name: 'twice', op: 'AddV2', input: ['body', 'body'] },
      { name: 'next', op: 'NextIteration', input: ['twice'] },
      { name: 'y', op: 'Exit', input: ['switch'] },
    ],
    library: {},
    versions: {},
  },
};

/** The layers model `y = relu(x w + b)` and then `z = sum`, written as tf.js writes it. */
export const layersModel: Readonly<Record<string, unknown>> = {
  format: 'layers-model',
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'toy',
      layers: [
        {
          class_name: 'Dense',
          config: {
            name: 'hidden',
            units: 2,
            activation: 'relu',
            use_bias: true,
            batch_input_shape: [null, 2],
            dtype: 'float32',
          },
        },
        { class_name: 'Dense', config: { name: 'total', units: 1, activation: 'linear', use_bias: false } },
      ],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  },
};

/** Weights of `layersModel`: the identity, the bias [0, 1], and a sum. */
export const layersWeights: readonly ToyWeight[] = [
  { name: 'hidden/kernel', shape: [2, 2], values: [1, 0, 0, 1] },
  { name: 'hidden/bias', shape: [2], values: [0, 1] },
  { name: 'total/kernel', shape: [2, 1], values: [1, 1] },
];
