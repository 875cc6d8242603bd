export { encodeOnnxModel } from './onnx/encode-onnx-model.ts';
export type {
  OnnxAttribute,
  OnnxGraph,
  OnnxInitializer,
  OnnxNode,
  OnnxSubgraph,
  OnnxTensor,
  OnnxValue,
} from './onnx/onnx-graph.ts';
