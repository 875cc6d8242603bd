/** What a runner is to do: a process that runs one network over the same tensors whenever a line
 * comes on its stdin.
 */
export interface Job {
  /** The TF.js `model.json`; of `saved-model` the folder. */
  readonly model: string;
  readonly input: string;
  readonly outputs: readonly string[];
  /** A file of int32 tensors of this shape, one after the other. */
  readonly images: string;
  readonly shape: readonly number[];
  /** Where the outputs of all images go, as float32, before the runner says that it is ready. */
  readonly found: string;
  /** Threads within an operation. */
  readonly threads: number;
  /** Images under way at once, each in a session of its own where sessions have one thread. */
  readonly inFlight: number;
  /** `python` is Python TensorFlow; `saved-model` is the library of tfjs-node, called once for the
   * whole graph.
   */
  readonly runtime: 'node' | 'wasm' | 'saved-model' | 'python';
  /** The folder that has tfjs-node. */
  readonly resolveFrom: string;
}

/** The first line of a runner. */
export interface Ready {
  readonly versions: Readonly<Record<string, string>>;
}

/** Its answer to each line: one pass over all images. */
export interface Pass {
  readonly seconds: number;
  /** Of the whole process. */
  readonly cpuSeconds: number;
}
