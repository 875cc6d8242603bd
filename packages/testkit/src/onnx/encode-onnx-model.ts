import { assertArray, assertOptions, tensorSize, tensorStorage } from '@qualm/types';
import type { DType } from '@qualm/types';
import type { OnnxAttribute, OnnxExternalTensor, OnnxGraph, OnnxNode } from './onnx-graph.ts';
import type { OnnxSubgraph, OnnxTensor, OnnxValue } from './onnx-graph.ts';
import { encodeModelProto } from './onnx-schema.ts';

const irVersion = 8;

const dataTypes: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
};

/** The bytes of an `.onnx` file that says what `graph` says; the same graph always gives the same
 * bytes.
 * @throws RangeError when a tensor's data does not fill its shape.
 * @see https://github.com/onnx/onnx/blob/main/docs/IR.md
 * @example
 * const nodes = [{ op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }];
 * const [x, y] = ['x', 'y'].map((name) => ({ name, dtype: 'float32', shape: [null] }));
 * encodeOnnxModel({ name: 'double', opset: 17, nodes, inputs: [x], outputs: [y] })
 */
export function encodeOnnxModel(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  assertGraph(graph);
  return encodeModelProto({
    ir_version: irVersion,
    producer_name: 'qualm',
    opset_import: [{ domain: '', version: graph.opset }],
    graph: graphProto(graph),
  });
}

function assertGraph(graph: OnnxGraph): void {
  assertOptions('encodeOnnxModel', graph, "{ name: 'double', opset: 17, nodes, inputs, outputs }", 'its graph');
  for (const name of ['nodes', 'inputs', 'outputs'] as const)
    assertArray('encodeOnnxModel', name, graph[name], 'an array');
}

function graphProto({ name, nodes, inputs, outputs, initializers = [] }: OnnxSubgraph): object {
  return {
    name,
    node: nodes.map(nodeProto),
    initializer: initializers.map((tensor) => tensorProto(tensor, tensor.name)),
    input: inputs.map(valueProto),
    output: outputs.map(valueProto),
  };
}

function nodeProto({ op, inputs, outputs, name = '', domain = '', attributes = {} }: OnnxNode): object {
  const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...attributeProto(value) }));
  return { op_type: op, input: inputs, output: outputs, name, domain, attribute };
}

function attributeProto(value: OnnxAttribute): object {
  if ('float' in value) return { type: 1, f: value.float };
  if ('int' in value) return { type: 2, i: value.int };
  if ('string' in value) return { type: 3, s: Buffer.from(value.string) };
  if ('tensor' in value) return { type: 4, t: tensorProto(value.tensor) };
  if ('graph' in value) return { type: 5, g: graphProto(value.graph) };
  if ('floats' in value) return { type: 6, floats: value.floats };
  if ('ints' in value) return { type: 7, ints: value.ints };
  return { type: 8, strings: value.strings.map((text) => Buffer.from(text)) };
}

function tensorProto(tensor: OnnxTensor | OnnxExternalTensor, name = ''): object {
  const { dtype, shape } = tensor;
  const proto = { name, dims: shape, data_type: dataTypes[dtype] };
  return { ...proto, ...('external' in tensor ? externalData(tensor) : { raw_data: rawData(tensor, name) }) };
}

const external = 1;

function externalData({ dtype, shape, external: { location, offset = 0 } }: OnnxExternalTensor): object {
  const length = tensorSize(shape) * tensorStorage[dtype].BYTES_PER_ELEMENT;
  const entries = Object.entries({ location, offset: String(offset), length: String(length) });
  return { external_data: entries.map(([key, value]) => ({ key, value })), data_location: external };
}

function rawData({ shape, data }: OnnxTensor, name: string): Uint8Array {
  if (data.length !== tensorSize(shape)) {
    throw new RangeError(
      `encodeOnnxModel: tensor "${name}" of shape [${shape}] needs ${tensorSize(shape)} elements, data has ${data.length}`,
    );
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function valueProto({ name, dtype, shape, kind = 'tensor' }: OnnxValue): object {
  const tensor = { tensor_type: { elem_type: dataTypes[dtype], shape: { dim: shape.map(dimensionProto) } } };
  return { name, type: kind === 'tensor' ? tensor : { sequence_type: { elem_type: tensor } } };
}

function dimensionProto(dimension: number | string | null): object {
  if (dimension === null) return {};
  return typeof dimension === 'number' ? { dim_value: dimension } : { dim_param: dimension };
}
