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
  VectorHead,
  Warning,
} from '@qualm/types';

/** A model in memory with what images go in by: all that does not depend on what its head makes. */
export interface LoadedModel extends ResolvedModel {
  /** Where it runs: `cpu`, `cuda`, `wasm`, ... */
  readonly device: string;
  readonly warnings: readonly Warning[];
  /** Runs that make progress at the same time. */
  readonly concurrency: number;
  /** Images in each run where the model takes no other number; null where it is free. */
  readonly batch: number | null;
  readonly preprocessor: Preprocessor;
  /** The head of the spec as a value, where it is one of your own. */
  readonly customHead?: HeadDefinition;
  /** The name of the input that the images go to. */
  readonly inputName: string;
  /** Runs once, and gives the outputs that the head reads, or those asked for. */
  run(inputs: TensorMap, options?: RunOptions): Promise<TensorMap>;
  /** Waits for runs in flight and frees everything. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A loaded model with both its ends: images in, detections out. Made by `loadModel`. */
export interface ImageModel<Form extends OutputForm = OutputForm> extends LoadedModel, RowMeaning {
  readonly form: Form;
  /** What the caller chose over the spec when the model was loaded. */
  readonly headOptions: HeadOptions;
  readonly labels: readonly Label[];
  readonly head: Head<Form>;
  /** A head that makes vectors of one of the model's outputs, in the place of its own.
   * @throws QualmError `unsupported` where `vision` has no `createVectorHead`.
   */
  createVectorHead(options: VectorOptions): VectorHead;
}

/** A loaded model that makes a vector of each image. Made by `loadEmbedder`. */
export interface Embedder extends LoadedModel {
  readonly form: 'embedding';
  readonly head: VectorHead;
  /** Numbers in each vector. */
  readonly dimensions: number;
}

/** Which output of a model becomes the vector of an image, and how. */
export interface VectorOptions {
  /** The model's output to take: one of its own, or of a TF.js graph any node that
   * `backendOptions.outputs` names.
   */
  readonly output: string;
  /** How one vector comes of a map [n, channels, h, w] (by the layout of the model's input) or of
   * tokens [n, tokens, channels]: the mean or the maximum over positions, the first of them (a
   * transformer's class token), or all numbers as they lie. Default `mean`. */
  readonly pool?: Pool | undefined;
}

/** How the positions of a map become one vector. */
export type Pool = 'mean' | 'max' | 'first' | 'none';
