import type { Warning } from './backend.ts';
import type { TensorInfo, TensorMap } from './tensor.ts';

/** What a session says of itself and of its model. */
export interface SessionInfo {
  /** Where it runs: `cpu`, `cuda`, `wasm`, ... */
  readonly device: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly warnings: readonly Warning[];
  /** How many sessions like it the model gets, each in a thread of its own. */
  readonly sessions: number;
  /** Whether runs compute on the core of the calling thread and nowhere else. Then that thread can
   * take an image all the way, from file to rows; on CUDA, or with threads of the session's own,
   * they would wait for it meanwhile.
   */
  readonly isOnThread: boolean;
}

/** A model on the thread that opened it. Runs block that thread, and never overlap. */
export interface Session {
  readonly info: SessionInfo;
  /** Runs once, on inputs that were checked. Input data may lie in shared memory, and is not
   * changed; outputs are memory of their own.
   * @throws QualmError `shape-mismatch` for an output that the model does not have,
   * `predict-failed`.
   */
  run(inputs: TensorMap, outputs: readonly string[]): Promise<TensorMap>;
  dispose(): Promise<void> | void;
}

/** Opens a session on the thread where it is called: the `open` of a plan's module.
 * @param first what the first session of the model says of itself, in all others: it settles what
 * was left open, a device for instance
 */
export type OpenSession<Options = unknown> = (options: Options, first?: SessionInfo) => Promise<Session>;

/** How any thread opens a session of a model. Plain values, which travel to that thread. */
export interface SessionPlan {
  /** What errors begin with: `onnx "/models/a.onnx"`. */
  readonly name: string;
  /** The URL of a built module that exports `open`, an `OpenSession`, and calls
   * `serveSession(open)` of `@qualm/threads`.
   */
  readonly module: string;
  /** What to do where a bundler left the module behind: `name its place with ...`. */
  readonly moduleAdvice?: string;
  /** What `open` is called with. */
  readonly options: unknown;
  /** Drops what the threads print; false by default. */
  readonly silent?: boolean;
}
