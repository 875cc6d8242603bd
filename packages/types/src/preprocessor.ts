import type { Box2d } from './box2d.ts';
import type { Image } from './image.ts';
import type { ImageGeometry } from './geometry.ts';
import type { CreateHeadOptions, Head, VectorHead } from './head.ts';
import type { Heads } from './head-definition.ts';
import type { OutputForm } from './detections.ts';
import type { InputSpec, ModelSpec } from './model-spec.ts';
import type { Tensor } from './tensor.ts';

/** Decodes images straight into a batch tensor that the caller made, and reuses. */
export interface Preprocessor {
  /** A batch tensor for `count` images, in shared memory, so that a worker thread reads it without
   * a copy.
   */
  allocate(count: number): Tensor;
  /** Decodes one image into row `index` of the batch.
   * @throws QualmError `image-missing`, `image-invalid`, `image-too-large`.
   */
  fill(image: Image, batch: Tensor, index: number, options?: FillOptions): Promise<ImageGeometry>;
  /** Waits for what it decodes, then frees whatever it holds. Without it there is nothing to free.
   * Safe to call twice.
   */
  dispose?(): Promise<void>;
}

/** Options of `fill`. */
export interface FillOptions {
  readonly signal?: AbortSignal;
  /** What is behind the image's URI, where somebody has read it. */
  readonly bytes?: Uint8Array;
}

/** The two ends of a model that know images: `@qualm/vision` has this shape, and so can your own.
 */
export interface Vision {
  /** The URL of a built module with the same two functions, for threads to import. Without it
   * images are decoded, and outputs read, outside of the threads that run the model. */
  readonly module?: string;
  /** The heads that `createHead` knows by itself. Without them `loadModel` leaves the check of a
   * spec's head to it.
   */
  readonly heads?: Heads;
  /** `threads: 0` asks for one that works on the calling thread. */
  createPreprocessor(input: InputSpec, options?: { readonly threads?: number }): Preprocessor;
  createHead<Form extends OutputForm>(
    spec: Pick<ModelSpec, 'head' | 'labels' | 'input' | 'scoreKind'>,
    form: Form,
    options?: CreateHeadOptions,
  ): Head<Form>;
  /** Without it `loadEmbedder` has no vectors. */
  createVectorHead?(spec: Pick<ModelSpec, 'head' | 'input'>, options?: Pick<CreateHeadOptions, 'heads'>): VectorHead;
  /** The parts of an image inside boxes, in pixels of it, as pictures of their own, in their order.
   * Without it SQL's `crop` fails.
   */
  cropImage?(image: Image, boxes: readonly Box2d[]): Promise<readonly Image[]>;
}
