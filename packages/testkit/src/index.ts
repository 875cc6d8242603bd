export type { BackendSuite, VitestApi } from './backend/backend-suite.ts';
export { testBackend } from './backend/test-backend.ts';
export type { HeadSuite } from './head/head-suite.ts';
export { testVectorHead } from './head/test-vector-head.ts';
export type { VectorHeadSuite } from './head/test-vector-head.ts';
export { testHead } from './head/test-head.ts';
export { encodeOnnxModel } from './onnx/encode-onnx-model.ts';
export type {
  OnnxAttribute,
  OnnxExternalTensor,
  OnnxGraph,
  OnnxInitializer,
  OnnxNode,
  OnnxSubgraph,
  OnnxTensor,
  OnnxValue,
} from './onnx/onnx-graph.ts';
export { outcomeOf } from './outcome-of.ts';
export type { ProcessOutcome } from './outcome-of.ts';
export type { RegistryBench, RegistrySuite } from './registry/registry-suite.ts';
export { registryToys } from './registry/registry-toys.ts';
export type { RegistryToy } from './registry/registry-toys.ts';
export { testRegistry } from './registry/test-registry.ts';
export type { StrategySuite } from './strategy/strategy-suite.ts';
export { testStrategy } from './strategy/test-strategy.ts';
export { encodeMeanColour, meanColourScores, meanColourSpec, writeMeanColour } from './toys/mean-colour.ts';
export { writeOnnxToys } from './toys/onnx-toys.ts';
export { solidImage } from './toys/solid-image.ts';
export { writeTfjsToys } from './toys/tfjs-toys.ts';
export { toyAffine, toySlow } from './toys/toy-models.ts';
export type { ToyModels, ToyOptions } from './toys/toy-models.ts';
