/** Where an ONNX model can run. */
export type OnnxDevice = 'cuda' | 'tensorrt' | 'webgpu' | 'coreml' | 'dml' | 'cpu';

/** How `createOnnxBackend` runs its models. */
export interface OnnxBackendOptions {
  /** `auto` takes CUDA where ONNX Runtime has its library, else WebGPU where a GPU computes by it,
   * else CPU, with a warning in `model.warnings`. TensorRT, CoreML and DirectML only run where they
   * are named.
   */
  readonly device?: OnnxDevice | 'auto';
  /** Which device of CUDA, TensorRT or DirectML; 0 by default. */
  readonly deviceId?: number;
  /** Bits of CoreML's options; the runtime's own by default.
   * @see https://onnxruntime.ai/docs/execution-providers/CoreML-ExecutionProvider.html
   */
  readonly coreMlFlags?: number;
  /** Sessions per model, each in its own worker thread with its own copy of the weights. By
   * default the machine's cores divided by `threads`; 1 elsewhere than on CPU. */
  readonly sessions?: number;
  /** Threads that one session computes with. By default the cores divided by `sessions`, or 1 when
   * neither is given.
   */
  readonly threads?: number;
  /** How far ONNX Runtime rewrites the graph; `all` by default. */
  readonly graphOptimization?: 'disabled' | 'basic' | 'extended' | 'layout' | 'all';
  /** A folder that keeps graphs as ONNX Runtime optimised them for the CPU, so that the next
   * session opens sooner: nowhere by default. It should be the user's alone; where others can write
   * to it, nothing is read or kept there.
   */
  readonly graphCache?: string;
  /** Module specifier, absolute path or `file:` URL of the runtime; `onnxruntime-node` by default.
   * It is imported in the workers.
   */
  readonly runtime?: string;
  /** The file that each worker thread runs, as a `file:` URL or an absolute path, where a bundler
   * moved the code: what became of `@qualm/inference-onnx/worker`. By default the one of this
   * package. */
  readonly worker?: URL | string;
}

/** The options that a model's spec may carry in `backendOptions`; those of the factory win. */
export type OnnxModelOptions = Pick<
  OnnxBackendOptions,
  'device' | 'deviceId' | 'coreMlFlags' | 'sessions' | 'threads' | 'graphOptimization'
>;

/** What a session is opened with. */
export interface SessionOptions extends Omit<OnnxBackendOptions, 'worker'> {
  readonly model: string;
  /** Whether the model's weights may be links out of its folder. */
  readonly followLinks?: boolean;
}
