import type {
  Head,
  HeadDefinition,
  OutputForm,
  HeadOptions,
  Label,
  Preprocessor,
  ResolvedModel,
  RowMeaning,
  RunOptions,
  TensorMap,
  Warning,
} from '@qualm/types';

/** A loaded model with both its ends: images in, detections out. Made by `loadModel`. */
export interface ImageModel<Form extends OutputForm = OutputForm> extends ResolvedModel, RowMeaning {
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
  /** Waits for runs in flight and frees everything. Safe to call twice. */
  dispose(): Promise<void>;
}
