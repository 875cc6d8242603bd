import { encodeOnnxModel, type OnnxNode, type OnnxValue } from '@qualm/testkit';
import { createConversion } from './conversion.ts';
import { createGraphBuilder, type Value } from './graph-builder.ts';
import { operators } from './operators/operators.ts';
import { readWeights } from './read-weights.ts';
import { readGraph } from './tfjs-graph.ts';

/** A tensor where the TF.js graph is cut: float32, with its shape in TF's order and `null` where a
 * dimension is free.
 */
export interface GraphCut {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  /** Its name in the ONNX graph; the same when absent. */
  readonly as?: string;
}

export interface TfjsGraph {
  /** A parsed `model.json`. */
  readonly modelJson: object;
  /** The bytes of its weight files, one after the other. */
  readonly weights: Uint8Array;
  /** Tensors that become inputs. Those of images are [n, height, width, channels] here and [n,
   * channels, height, width] in the ONNX graph, which is what ONNX Runtime's convolutions want. */
  readonly inputs: readonly GraphCut[];
  readonly outputs: readonly GraphCut[];
}

/** The bytes of an ONNX model that computes `outputs` from `inputs` with the same weights; what
 * lies before and behind them is left out. Biases, batch norms and scales are folded into the
 * convolutions that they follow.
 * @throws Error naming the operator and the node that cannot be converted.
 */
export function convertTfjsToOnnx({ modelJson, weights, inputs, outputs }: TfjsGraph): Uint8Array<ArrayBuffer> {
  const graph = createGraphBuilder();
  const names = outputs.map(({ name }) => name);
  const conversion = createConversion(
    readGraph(modelJson),
    readWeights(modelJson, weights),
    operators,
    graph,
    new Map(inputs.map((input) => [input.name, inputValue(input)])),
    names,
  );
  const results = outputs.map(({ name }) => conversion.plain(name).name);
  const inner = awayFrom(outputs);
  return encodeOnnxModel({
    name: 'tfjs',
    opset: 17,
    inputs: inputs.map((input) => ({ ...onnxValue(input), shape: channelsFirstShape(input.shape) })),
    outputs: outputs.map(onnxValue),
    initializers: graph.initializers,
    nodes: [
      ...graph.nodes.map((node) => renamed(node, inner)),
      ...outputs.map(({ name, as = name }, i) => identityNode(inner(results[i]!), as)),
    ],
  });
}

function inputValue({ name, as = name, shape }: GraphCut): Value {
  return { name: as, shape, channelsFirst: shape.length === 4 };
}

function channelsFirstShape(shape: GraphCut['shape']): GraphCut['shape'] {
  return shape.length === 4 ? [shape[0]!, shape[3]!, shape[1]!, shape[2]!] : shape;
}

// The values inside have the names of TF's nodes. One of them may be called as an output is that it
// only leads to.
function awayFrom(outputs: readonly GraphCut[]): (name: string) => string {
  const taken = new Set(outputs.map(({ name, as = name }) => as));
  return (name) => (taken.has(name) ? `${name}#` : name);
}

function renamed(node: OnnxNode, name: (old: string) => string): OnnxNode {
  return { ...node, name: name(node.name ?? ''), inputs: node.inputs.map(name), outputs: node.outputs.map(name) };
}

function identityNode(input: string, output: string): OnnxNode {
  return { op: 'Identity', name: output, inputs: [input], outputs: [output] };
}

function onnxValue({ name, as = name, shape }: GraphCut): OnnxValue {
  return { name: as, dtype: 'float32', shape: shape.map((dimension) => dimension ?? 'batch') };
}
