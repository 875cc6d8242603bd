import type { TensorInfo, TensorMap } from './tensor.ts';

/** The files of one model on this machine, and options that only its backend knows. */
export interface ModelFiles {
  /** Absolute path of the main file: an `.onnx` file, a TF.js `model.json`. */
  readonly model: string;
  /** Options that one backend alone has, as the spec's `backendOptions` gives them. */
  readonly backendOptions?: Readonly<Record<string, unknown>>;
  /** Whether files beside the model that it names may be links out of its folder; they may not when absent. */
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

/** A module of the caller's that threads can import, and what it is opened with there. */
export interface ThreadPart {
  /** The URL of a built module whose `open` is an `OpenThreadPart`. */
  readonly module: string;
  /** Text, JSON for instance. The module is opened once in each thread for each text. */
  readonly data: string;
}

/** Opens a part in the thread of a session. What it gives answers one request after the other; `transfer` are buffers of the
 * answer that need no copy. Like the request, the answer travels as structured clone.
 * @param run runs the session in this thread; outputs are the part's, and may be ordinary memory of this thread.
 */
export type OpenThreadPart<Request, Answer> = (
  data: string,
  run: (request: { readonly inputs: TensorMap; readonly outputs: readonly string[] }) => Promise<TensorMap>,
) => Promise<(request: Request) => Promise<{ readonly value: Answer; readonly transfer?: readonly ArrayBuffer[] }>>;

/** A model in memory: tensors in, tensors out. It knows nothing of images, boxes or labels. */
export interface BackendModel {
  /** Where it runs: `cpu`, `cuda`, `wasm`, ... */
  readonly device: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** How many runs make progress at the same time; more calls than that wait their turn. */
  readonly concurrency: number;
  readonly warnings: readonly Warning[];
  /** Runs once. Input data is read before the promise settles and never changed; outputs belong to the caller.
   * @throws QualmError `shape-mismatch` for a wrong name, dtype or shape, `aborted`, `predict-failed`.
   */
  run(inputs: TensorMap, options?: RunOptions): Promise<TensorMap>;
  /** Has a part of the caller's answer a request in the thread of a session, so that tensors need not travel between threads.
   * Absent where that gains nothing: where sessions compute elsewhere than on the core of their thread.
   * @throws QualmError `aborted`, and what the part throws.
   */
  runPart?<Request, Answer>(part: ThreadPart, request: Request, options?: Pick<RunOptions, 'signal'>): Promise<Answer>;
  /** Waits for runs in flight, frees everything; later runs are refused. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A runtime that loads models. Made by a factory such as `createOnnxBackend(options)`. */
export interface Backend {
  /** The name of the flavor it runs: `onnx`, `tfjs`. */
  readonly name: string;
  /** @throws QualmError `model-missing`, `model-invalid`, `backend-unavailable`. */
  load(files: ModelFiles, options?: LoadOptions): Promise<BackendModel>;
}

/** Backends by the flavor that a spec names, as a value: `{ onnx: createOnnxBackend(), tfjs: createTfjsBackend() }`. */
export type Backends = Readonly<Record<string, Backend>>;
