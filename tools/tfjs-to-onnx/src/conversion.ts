import type { GraphBuilder, Value } from './graph-builder.ts';
import { weightTensor } from './onnx-tensors.ts';
import type { Weight } from './read-weights.ts';
import { splitTensorName, type TfNode } from './tfjs-graph.ts';

/** What an operator's conversion can ask and do. */
export interface Conversion {
  readonly graph: GraphBuilder;
  /** The ONNX value of a TF tensor; what it depends on is converted first. */
  value(tensor: string): Value;
  /** The same in TF's order of dimensions: what all operators want that do not know of channels. */
  plain(tensor: string): Value;
  node(tensor: string): TfNode;
  /** The numbers of a tensor that is a constant. */
  weight(tensor: string): Weight | undefined;
  /** How many nodes and outputs read a tensor. */
  readers(tensor: string): number;
}

/** Converts one node; `output` says which of its outputs is wanted. */
export type Operator = (node: TfNode, conversion: Conversion, output: number) => Value;

/** The numbers of an input that has to be a constant.
 * @throws Error naming the node.
 */
export function constantInput(node: TfNode, index: number, conversion: Conversion): Weight {
  const weight = conversion.weight(node.inputs[index] ?? '');
  if (weight === undefined) throw unsupported(node, `input ${index} is not a constant`);
  return weight;
}

/** The error for a node that cannot be converted. */
export function unsupported(node: TfNode, why: string): Error {
  return new Error(`cannot convert ${node.op} node "${node.name}": ${why}`);
}

/** A conversion over a graph; values that were set beforehand are its inputs. */
export function createConversion(
  nodes: ReadonlyMap<string, TfNode>,
  weights: ReadonlyMap<string, Weight>,
  operators: Readonly<Record<string, Operator>>,
  graph: GraphBuilder,
  inputs: ReadonlyMap<string, Value>,
  outputs: readonly string[],
): Conversion {
  const values = new Map(inputs);
  const counts = countReaders(nodes, inputs, outputs);
  const conversion: Conversion = {
    graph,
    node(tensor) {
      if (inputs.has(tensor)) return { name: tensor, op: 'Placeholder', inputs: [], attr: {} };
      const node = nodes.get(splitTensorName(tensor).node);
      if (node === undefined) throw new Error(`the graph has no node "${tensor}"`);
      return node;
    },
    weight: (tensor) => (inputs.has(tensor) ? undefined : weights.get(resolveIdentity(nodes, tensor))),
    readers: (tensor) => counts.get(tensor) ?? 0,
    plain: (tensor) => graph.channelsLast(conversion.value(tensor)),
    value(tensor) {
      const value = values.get(tensor) ?? convert(tensor);
      values.set(tensor, value);
      return value;
    },
  };
  return conversion;

  function convert(tensor: string): Value {
    const weight = conversion.weight(tensor);
    if (weight !== undefined) {
      return { name: graph.constant(weightTensor(tensor, weight)), shape: weight.shape, channelsFirst: false };
    }
    const node = conversion.node(tensor);
    const operator = operators[node.op];
    if (operator === undefined) throw unsupported(node, 'no operator of that kind is known here');
    return operator(node, conversion, splitTensorName(tensor).output);
  }
}

function resolveIdentity(nodes: ReadonlyMap<string, TfNode>, tensor: string): string {
  const node = nodes.get(tensor);
  return node?.op === 'Identity' ? resolveIdentity(nodes, node.inputs[0]!) : tensor;
}

function countReaders(
  nodes: ReadonlyMap<string, TfNode>,
  inputs: ReadonlyMap<string, Value>,
  outputs: readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const read = (tensor: string): void => {
    counts.set(tensor, (counts.get(tensor) ?? 0) + 1);
    const { node } = splitTensorName(tensor);
    if (inputs.has(tensor) || seen.has(node)) return;
    seen.add(node);
    nodes.get(node)?.inputs.forEach(read);
  };
  outputs.forEach(read);
  return counts;
}
