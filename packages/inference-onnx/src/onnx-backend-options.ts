/** How `createOnnxBackend` runs its models. */
export interface OnnxBackendOptions {
  /** `auto` takes CUDA where ONNX Runtime has its library, else CPU with a warning in
   * `model.warnings`.
   */
  readonly device?: 'auto' | 'cuda' | 'cpu';
  /** Which CUDA device; 0 by default. */
  readonly deviceId?: number;
  /** Sessions per model, each in its own worker thread with its own copy of the weights. By
   * default the machine's cores divided by `threads`; 1 on CUDA. */
  readonly sessions?: number;
  /** Threads that one session computes with. By default the cores divided by `sessions`, or 1 when
   * neither is given.
   */
  readonly threads?: number;
  /** How far ONNX Runtime rewrites the graph; `all` by default. */
  readonly graphOptimization?: 'disabled' | 'basic' | 'extended' | 'layout' | 'all';
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
export type OnnxModelOptions = Pick<OnnxBackendOptions, 'sessions' | 'threads' | 'graphOptimization'>;

/** What a session is opened with. */
export interface SessionOptions extends Omit<OnnxBackendOptions, 'worker'> {
  readonly model: string;
}
