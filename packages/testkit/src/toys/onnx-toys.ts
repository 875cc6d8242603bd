import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tensorStorage } from '@qualm/types';
import type { DType } from '@qualm/types';
import { encodeOnnxModel } from '../onnx/encode-onnx-model.ts';
import type { OnnxGraph, OnnxInitializer, OnnxNode, OnnxValue } from '../onnx/onnx-graph.ts';
import { makeToyFolder } from './make-toy-folder.ts';
import { affineWeights, firstRow, shiftMatrix, slowSize } from './toy-models.ts';
import type { ToyModels, ToyOptions } from './toy-models.ts';

const opset = 17;

/** The toy models as `.onnx` files in `folder`, which is made when it does not exist. */
export async function writeOnnxToys(folder: string, options: ToyOptions = {}): Promise<ToyModels> {
  await makeToyFolder('writeOnnxToys', folder, options);
  const { repeats = 32 } = options;
  const write = async (graph: OnnxGraph): Promise<string> => {
    const file = path.resolve(folder, `${graph.name}.onnx`);
    await writeFile(file, encodeOnnxModel(graph));
    return file;
  };
  const dtypes = Object.keys(tensorStorage) as DType[];
  const identities = await Promise.all(dtypes.map(async (dtype) => [dtype, await write(identity(dtype))]));
  return {
    affine: await write(affine()),
    pair: await write(pair()),
    slow: await write(slow(repeats)),
    failing: await write(failing()),
    identity: Object.fromEntries(identities) as Record<DType, string>,
  };
}

function affine(): OnnxGraph {
  return {
    name: 'affine',
    opset,
    inputs: [float('x', ['batch', 3])],
    outputs: [float('y', ['batch', 2])],
    initializers: [constant('w', [3, 2], affineWeights.weight), constant('b', [2], affineWeights.bias)],
    nodes: [node('MatMul', ['x', 'w'], 'xw'), node('Add', ['xw', 'b'], 'y')],
  };
}

function pair(): OnnxGraph {
  return {
    name: 'pair',
    opset,
    inputs: [float('a', ['batch', 2]), float('b', ['batch', 2])],
    outputs: [float('sum', ['batch', 2]), float('difference', ['batch', 2])],
    nodes: [node('Add', ['a', 'b'], 'sum'), node('Sub', ['a', 'b'], 'difference')],
  };
}

function slow(repeats: number): OnnxGraph {
  const { rows, columns } = slowSize;
  const products = Array.from({ length: repeats }, (_, i) => node('MatMul', [`s${i}`, 'shift'], `s${i + 1}`));
  return {
    name: 'slow',
    opset,
    inputs: [float('x', [1, columns])],
    outputs: [float('y', [1, columns])],
    initializers: [
      constant('ones', [rows, 1], new Float32Array(rows).fill(1)),
      constant('shift', [columns, columns], shiftMatrix()),
      constant('first', [1, rows], firstRow()),
    ],
    nodes: [node('MatMul', ['ones', 'x'], 's0'), ...products, node('MatMul', ['first', `s${repeats}`], 'y')],
  };
}

function failing(): OnnxGraph {
  return {
    name: 'failing',
    opset,
    inputs: [float('x', ['n'])],
    outputs: [float('y', [2, 3])],
    initializers: [{ name: 'shape', dtype: 'int64', shape: [2], data: BigInt64Array.of(2n, 3n) }],
    nodes: [node('Reshape', ['x', 'shape'], 'y')],
  };
}

function identity(dtype: DType): OnnxGraph {
  return {
    name: `identity-${dtype}`,
    opset,
    inputs: [{ name: 'x', dtype, shape: ['n'] }],
    outputs: [{ name: 'y', dtype, shape: ['n'] }],
    nodes: [node('Identity', ['x'], 'y')],
  };
}

function float(name: string, shape: OnnxValue['shape']): OnnxValue {
  return { name, dtype: 'float32', shape };
}

function constant(name: string, shape: readonly number[], values: ArrayLike<number>): OnnxInitializer {
  return { name, dtype: 'float32', shape, data: Float32Array.from(values) };
}

function node(op: string, inputs: readonly string[], output: string): OnnxNode {
  return { op, inputs, outputs: [output] };
}
