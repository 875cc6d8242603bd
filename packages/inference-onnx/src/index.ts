export { createOnnxBackend } from './create-onnx-backend.ts';
export type { OnnxBackendOptions, OnnxModelOptions } from './onnx-backend-options.ts';
