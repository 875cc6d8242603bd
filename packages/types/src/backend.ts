import type { SessionPlan } from './session.ts';
import type { TensorInfo, TensorMap } from './tensor.ts';

/** The files of one model on this machine, and options that only its backend knows. */
export interface ModelFiles {
  /** Absolute path of the main file: an `.onnx` file, a TF.js `model.json`. */
  readonly model: string;
  /** Options that one backend alone has, as the spec's `backendOptions` gives them. */
  readonly backendOptions?: Readonly<Record<string, unknown>>;
  /** Whether files beside the model that it names may be links out of its folder; they may not when
   * absent.
   */
  readonly followLinks?: boolean;
}

/** Something worth telling the user that did not stop the work. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Names of the outputs that are wanted; all of them when absent. */
  readonly outputs?: readonly string[];
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
}

/** A model in memory: tensors in, tensors out. It knows nothing of images, boxes or labels. */
export interface BackendModel {
  /** Where it runs: `cpu`, `cuda`, `wasm`, ... */
  readonly device: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** How many runs make progress at the same time; more calls than that wait their turn. */
  readonly concurrency: number;
  readonly warnings: readonly Warning[];
  /** Runs once. Input data is read before the promise settles and never changed; outputs belong to
   * the caller.
   * @throws QualmError `shape-mismatch` for a wrong name, dtype or shape, `aborted`,
   * `predict-failed`.
   */
  run(inputs: TensorMap, options?: RunOptions): Promise<TensorMap>;
  /** Waits for runs in flight, frees everything; later runs are refused. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A runtime that loads models. Made by a factory such as `createOnnxBackend(options)`. */
export interface Backend {
  /** The name of the flavor it runs: `onnx`, `tfjs`. */
  readonly name: string;
  /** @throws QualmError `model-missing`, `model-invalid`, `backend-unavailable`. */
  load(files: ModelFiles, options?: LoadOptions): Promise<BackendModel>;
  /** How threads of others open sessions of the model themselves, and so do in there what else
   * belongs to a run. Without it models run as `load` gives them.
   * @throws QualmError `model-missing`, `model-invalid`, `spec-invalid`.
   */
  planSessions?(files: ModelFiles): Promise<SessionPlan>;
}

/** Backends by the flavor that a spec names, as a value:
 * `{ onnx: createOnnxBackend(), tfjs: createTfjsBackend() }`.
 */
export type Backends = Readonly<Record<string, Backend>>;
