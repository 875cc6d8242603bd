export { createOnnxBackend } from './create-onnx-backend.ts';
export type { OnnxBackendOptions, OnnxDevice, OnnxModelOptions } from './onnx-backend-options.ts';
