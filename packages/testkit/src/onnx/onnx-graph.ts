import type { DType, TensorStorage } from '@qualm/types';

/** One input or output of a graph. A dimension is a number, a name, or `null` where it is free. */
export interface OnnxValue {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly (number | string | null)[];
  /** `sequence` declares a sequence of such tensors; a tensor when absent. */
  readonly kind?: 'tensor' | 'sequence';
}

/** Constant numbers of one element type, row-major. */
export type OnnxTensor = {
  readonly [D in DType]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: TensorStorage[D] };
}[DType];

/** Constant numbers that lie in a file, little-endian. */
export interface OnnxExternalTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** The file, relative to the model's folder, and the byte at which they begin; 0 when absent. */
  readonly external: { readonly location: string; readonly offset?: number };
}

/** A named constant: weights, shapes, axes. */
export type OnnxInitializer = (OnnxTensor | OnnxExternalTensor) & { readonly name: string };

/** One attribute of a node, with its ONNX type spelled out, because `1` alone could be an int or a
 * float.
 */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly tensor: OnnxTensor }
  | { readonly graph: OnnxSubgraph }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] };

/** One operator. An empty string among `inputs` leaves an optional input out. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  /** The operator set's domain; ONNX's own when absent. */
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** The body of a Loop, an If or a Scan. */
export interface OnnxSubgraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers?: readonly OnnxInitializer[];
  /** In topological order. */
  readonly nodes: readonly OnnxNode[];
}

/** A whole model as a plain value. */
export interface OnnxGraph extends OnnxSubgraph {
  /** Version of ONNX's own operator set. */
  readonly opset: number;
}
