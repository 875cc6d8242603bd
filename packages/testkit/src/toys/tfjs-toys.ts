import path from 'node:path';
import { makeToyFolder } from './make-toy-folder.ts';
import { affineWeights, firstRow, shiftMatrix, slowSize } from './toy-models.ts';
import type { ToyModels, ToyOptions } from './toy-models.ts';
import { writeTfjsGraph } from './tfjs-graph.ts';
import type { TfjsConstant, TfjsGraph, TfjsNode, TfjsValue } from './tfjs-graph.ts';

/** The toy models as TF.js graph models, each in its own folder under `folder`. TF.js knows
 * float32, int32 and bool.
 */
export async function writeTfjsToys(folder: string, options: ToyOptions = {}): Promise<ToyModels> {
  await makeToyFolder('writeTfjsToys', folder, options);
  const { repeats = 32 } = options;
  const write = (name: string, graph: TfjsGraph): Promise<string> => writeTfjsGraph(path.join(folder, name), graph);
  return {
    affine: await write('affine', affine()),
    pair: await write('pair', pair()),
    slow: await write('slow', slow(repeats)),
    failing: await write('failing', failing()),
    identity: {
      float32: await write('identity-float32', identity('float32')),
      int32: await write('identity-int32', identity('int32')),
      bool: await write('identity-bool', identity('bool')),
    },
  };
}

function affine(): TfjsGraph {
  return {
    inputs: [float('x', [-1, 3])],
    outputs: [float('y', [-1, 2])],
    constants: [constant('w', [3, 2], affineWeights.weight), constant('b', [2], affineWeights.bias)],
    nodes: [node('xw', 'MatMul', ['x', 'w']), node('y', 'AddV2', ['xw', 'b'])],
  };
}

function pair(): TfjsGraph {
  return {
    inputs: [float('a', [-1, 2]), float('b', [-1, 2])],
    outputs: [float('sum', [-1, 2]), float('difference', [-1, 2])],
    nodes: [node('sum', 'AddV2', ['a', 'b']), node('difference', 'Sub', ['a', 'b'])],
  };
}

function slow(repeats: number): TfjsGraph {
  const { rows, columns } = slowSize;
  const products = Array.from({ length: repeats }, (_, i) => node(`s${i + 1}`, 'MatMul', [`s${i}`, 'shift']));
  return {
    inputs: [float('x', [1, columns])],
    outputs: [float('y', [1, columns])],
    constants: [
      constant('ones', [rows, 1], new Float32Array(rows).fill(1)),
      constant('shift', [columns, columns], shiftMatrix()),
      constant('first', [1, rows], firstRow()),
    ],
    nodes: [node('s0', 'MatMul', ['ones', 'x']), ...products, node('y', 'MatMul', ['first', `s${repeats}`])],
  };
}

function failing(): TfjsGraph {
  return {
    inputs: [float('x', [-1])],
    outputs: [float('y', [2, 3])],
    constants: [{ name: 'shape', dtype: 'int32', shape: [2], data: Int32Array.of(2, 3) }],
    nodes: [node('y', 'Reshape', ['x', 'shape'])],
  };
}

function identity(dtype: TfjsValue['dtype']): TfjsGraph {
  return {
    inputs: [{ name: 'x', dtype, shape: [-1] }],
    outputs: [{ name: 'y', dtype, shape: [-1] }],
    nodes: [{ name: 'y', op: 'Identity', inputs: ['x'], dtype }],
  };
}

function float(name: string, shape: readonly number[]): TfjsValue {
  return { name, dtype: 'float32', shape };
}

function constant(name: string, shape: readonly number[], values: ArrayLike<number>): TfjsConstant {
  return { name, dtype: 'float32', shape, data: Float32Array.from(values) };
}

function node(name: string, op: string, inputs: readonly string[]): TfjsNode {
  return { name, op, inputs, dtype: 'float32' };
}
