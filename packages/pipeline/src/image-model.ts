import type {
  BackendModel,
  Head,
  HeadDefinition,
  HeadForm,
  HeadOptions,
  Label,
  Preprocessor,
  ResolvedModel,
  RowMeaning,
  RunOptions,
  TensorMap,
  Warning,
} from '@qualm/types';

/** A way into the threads of a backend's sessions. */
export interface InThread {
  readonly runPart: NonNullable<BackendModel['runPart']>;
  /** The URL of the module that makes both ends of the model there. */
  readonly vision: string;
  /** The URL of the module that takes images through both there. */
  readonly part: string;
  /** Where a head of your own is imported from there; null for one of vision's. */
  readonly head: ImportedHead | null;
}

/** A head that a module exports. */
export interface ImportedHead {
  /** The module's URL. */
  readonly module: string;
  readonly exported: string;
}

/** A loaded model with both its ends: images in, detections out. Made by `loadModel`. */
export interface ImageModel<Form extends HeadForm = HeadForm> extends ResolvedModel, RowMeaning {
  readonly form: Form;
  /** What the caller chose over the spec when the model was loaded. */
  readonly headOptions: HeadOptions;
  readonly labels: readonly Label[];
  /** Where it runs: `cpu`, `cuda`, `wasm`, ... */
  readonly device: string;
  readonly warnings: readonly Warning[];
  /** Runs that make progress at the same time. */
  readonly concurrency: number;
  /** Images in each run where the model takes no other number; null where it is free. */
  readonly batch: number | null;
  readonly preprocessor: Preprocessor;
  readonly head: Head<Form>;
  /** The head of the spec as a value, where it is one of your own. */
  readonly customHead?: HeadDefinition;
  /** The name of the input that the images go to. */
  readonly inputName: string;
  /** Runs once, and gives the outputs that the head reads, or those asked for. */
  run(inputs: TensorMap, options?: RunOptions): Promise<TensorMap>;
  /** What takes images all the way from file to rows in the thread of a session, where that can be. A copy of the model whose
   * `run`, `preprocessor` or `head` is another wants `inThread: null`. */
  readonly inThread: InThread | null;
  /** Waits for runs in flight and frees everything. Safe to call twice. */
  dispose(): Promise<void>;
}
