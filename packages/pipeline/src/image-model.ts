import type {
  Head,
  HeadForm,
  HeadOptions,
  Label,
  Preprocessor,
  ResolvedModel,
  RunOptions,
  TensorMap,
  Warning,
} from '@qualm/types';

/** A loaded model with both its ends: images in, detections out. Made by `loadModel`. */
export interface ImageModel<Form extends HeadForm = HeadForm> extends ResolvedModel {
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
  /** The name of the input that the images go to. */
  readonly inputName: string;
  /** Runs once, and gives the outputs that the head reads. */
  run(inputs: TensorMap, options?: Pick<RunOptions, 'signal'>): Promise<TensorMap>;
  /** Waits for runs in flight and frees everything. Safe to call twice. */
  dispose(): Promise<void>;
}
