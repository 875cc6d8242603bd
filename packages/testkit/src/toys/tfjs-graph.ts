import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Element types that TF.js keeps weights in. */
type TfjsDType = 'float32' | 'int32' | 'bool';

const typeNames: Readonly<Record<TfjsDType, string>> = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' };

/** One input or output; -1 is a free dimension. */
export interface TfjsValue {
  readonly name: string;
  readonly dtype: TfjsDType;
  readonly shape: readonly number[];
}

/** One constant of a graph. */
export interface TfjsConstant extends TfjsValue {
  readonly data: Float32Array | Int32Array;
}

/** One operator; its only output has its name. */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly dtype: TfjsDType;
}

/** A small TF.js graph model as a plain value. An output is named after the node that computes it.
 */
export interface TfjsGraph {
  readonly inputs: readonly TfjsValue[];
  readonly outputs: readonly TfjsValue[];
  readonly constants?: readonly TfjsConstant[];
  readonly nodes: readonly TfjsNode[];
}

/** The absolute path of the `model.json` that it writes in `folder`, beside its weights. */
export async function writeTfjsGraph(folder: string, graph: TfjsGraph): Promise<string> {
  await mkdir(folder, { recursive: true });
  const constants = graph.constants ?? [];
  await writeFile(path.join(folder, 'weights.bin'), Buffer.concat(constants.map(({ data }) => bytesOf(data))));
  const file = path.resolve(folder, 'model.json');
  await writeFile(file, JSON.stringify(modelJson(graph, constants)));
  return file;
}

function modelJson({ inputs, outputs, nodes }: TfjsGraph, constants: readonly TfjsConstant[]): object {
  const weights = constants.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
  return {
    format: 'graph-model',
    generatedBy: '2.9.1',
    convertedBy: 'qualm',
    signature: { inputs: signature(inputs), outputs: signature(outputs) },
    modelTopology: {
      node: [...inputs.map(placeholder), ...constants.map(constantNode), ...nodes.map(operator)],
      library: {},
      versions: { producer: 1087 },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
}

function signature(values: readonly TfjsValue[]): object {
  const entry = ({ name, dtype, shape }: TfjsValue): object => ({
    name: `${name}:0`,
    dtype: typeNames[dtype],
    tensorShape: shapeProto(shape),
  });
  return Object.fromEntries(values.map((value) => [value.name, entry(value)]));
}

function placeholder({ name, dtype, shape }: TfjsValue): object {
  return { name, op: 'Placeholder', attr: { dtype: { type: typeNames[dtype] }, shape: { shape: shapeProto(shape) } } };
}

function constantNode({ name, dtype, shape }: TfjsConstant): object {
  const type = typeNames[dtype];
  const value = { tensor: { dtype: type, tensorShape: shapeProto(shape) } };
  return { name, op: 'Const', attr: { dtype: { type }, value } };
}

function operator({ name, op, inputs, dtype }: TfjsNode): object {
  const transpose = op === 'MatMul' ? { transpose_a: { b: false }, transpose_b: { b: false } } : {};
  return { name, op, input: inputs, attr: { T: { type: typeNames[dtype] }, ...transpose } };
}

function shapeProto(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
