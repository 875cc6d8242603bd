import { encodeOnnxModel, type OnnxValue } from '@qualm/testkit';
import { createConversion } from './conversion.ts';
import { createGraphBuilder, type GraphBuilder, type Value } from './graph-builder.ts';
import { operators } from './operators/operators.ts';
import { readWeights } from './read-weights.ts';
import { readGraph } from './tfjs-graph.ts';

/** A tensor where the TF.js graph is cut: float32, with its shape in TF's order and `null` where a dimension is free. */
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
  /** Tensors that become inputs. Those of images are [n, height, width, channels] here and [n, channels, height, width]
   * in the ONNX graph, which is what ONNX Runtime's convolutions want. */
  readonly inputs: readonly GraphCut[];
  readonly outputs: readonly GraphCut[];
}

/** The bytes of an ONNX model that computes `outputs` from `inputs` with the same weights; what lies before and behind
 * them is left out. Biases, batch norms and scales are folded into the convolutions that they follow.
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
  for (const { name, as = name } of outputs) publish(graph, conversion.plain(name), as);
  return encodeOnnxModel({
    name: 'tfjs',
    opset: 17,
    inputs: inputs.map((input) => ({ ...onnxValue(input), shape: channelsFirstShape(input.shape) })),
    outputs: outputs.map(onnxValue),
    initializers: graph.initializers,
    nodes: graph.nodes,
  });
}

function inputValue({ name, as = name, shape }: GraphCut): Value {
  return { name: as, shape, channelsFirst: shape.length === 4 };
}

function channelsFirstShape(shape: GraphCut['shape']): GraphCut['shape'] {
  return shape.length === 4 ? [shape[0]!, shape[3]!, shape[1]!, shape[2]!] : shape;
}

function publish(graph: GraphBuilder, value: Value, name: string): void {
  if (value.name !== name) graph.add('Identity', [value.name], name);
}

function onnxValue({ name, as = name, shape }: GraphCut): OnnxValue {
  return { name: as, dtype: 'float32', shape: shape.map((dimension) => dimension ?? 'batch') };
}
