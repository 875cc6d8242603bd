export { cocoSsdCut } from './coco-ssd.ts';
export { convertTfjsToOnnx } from './convert-tfjs-to-onnx.ts';
export type { GraphCut, TfjsGraph } from './convert-tfjs-to-onnx.ts';
export { readModelFiles } from './read-model-files.ts';
