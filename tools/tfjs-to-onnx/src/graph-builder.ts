import type { OnnxAttribute, OnnxInitializer, OnnxNode } from '@qualm/testkit';
import { intsTensor } from './onnx-tensors.ts';

/** A tensor of the ONNX graph under construction. */
export interface Value {
  readonly name: string;
  /** TF's order of dimensions, `null` where one is free; absent where it is not known. */
  readonly shape?: readonly (number | null)[];
  /** The numbers lie as [n, channels, height, width] although `shape` says [n, height, width,
   * channels].
   */
  readonly channelsFirst: boolean;
}

/** Nodes and constants, gathered in order. */
export interface GraphBuilder {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  constant(tensor: OnnxInitializer): string;
  ints(name: string, values: readonly number[], scalar?: boolean): string;
  add(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): string;
  /** The same value with its numbers in TF's order; one transposition at most for each value. */
  channelsLast(value: Value): Value;
}

/** An empty graph. */
export function createGraphBuilder(): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxInitializer>();
  const transposed = new Map<string, Value>();
  const builder: GraphBuilder = {
    nodes,
    get initializers() {
      return [...initializers.values()];
    },
    constant(tensor) {
      initializers.set(tensor.name, tensor);
      return tensor.name;
    },
    ints: (name, values, scalar = false) => builder.constant(intsTensor(name, values, scalar)),
    add(op, inputs, output, attributes = {}) {
      nodes.push({ op, name: output, inputs, outputs: [output], attributes });
      return output;
    },
    channelsLast(value) {
      if (!value.channelsFirst) return value;
      const found = transposed.get(value.name);
      if (found !== undefined) return found;
      const name = builder.add('Transpose', [value.name], `${value.name}#nhwc`, { perm: { ints: [0, 2, 3, 1] } });
      const last = { ...value, name, channelsFirst: false };
      transposed.set(value.name, last);
      return last;
    },
  };
  return builder;
}
