import { QualmError, assertOptions, assertText } from '@qualm/types';
import type { Prediction } from '@qualm/types';
import { createVectorReader } from './create-vector-reader.ts';
import type { Pool } from './create-vector-reader.ts';
import type { ImageLike } from './image-records.ts';
import type { ImageModel } from './image-model.ts';
import { predictRows } from './predict-stream.ts';
import type { PredictStreamOptions } from './predict-stream.ts';
import { assertImages, assertModel } from './assert-arguments.ts';

/** Options of `embedStream`. */
export interface EmbedStreamOptions extends PredictStreamOptions {
  /** The model's output to take: one of its own, or of a TF.js graph any node that
   * `backendOptions.outputs` names.
   */
  readonly output: string;
  /** How one vector comes of a map [n, channels, h, w] (by the layout of the model's input) or of
   * tokens [n, tokens, channels]: the mean or the maximum over positions, the first of them (a
   * transformer's class token), or all numbers as they lie. Default `mean`. */
  readonly pool?: Pool;
}

/** The vector of one image; null where the image is broken, which `error` says. */
export interface Embedding extends Omit<Prediction, 'detections' | 'warning'> {
  readonly embedding: Float32Array | null;
}

/** A vector for each image, from any output of a model, as a stream under the rules of
 * `predictStream`. The model's head is not asked, but the model was loaded with it.
 * @throws QualmError `unsupported` when an output cannot be a vector, and what `predictStream`
 * throws.
 * @example for await (const { embedding } of embedStream(images, model, { output: 'features' })) use(embedding);
 */
export function embedStream(
  images: Iterable<ImageLike> | AsyncIterable<ImageLike>,
  model: ImageModel,
  options: EmbedStreamOptions,
): AsyncGenerator<Embedding, void, undefined> {
  assertImages('embedStream', images);
  assertModel('embedStream', model);
  assertOptions('embedStream', options, "{ output: 'features' }");
  assertText('embedStream', 'output', options.output);
  return embeddings(images, model, options);
}

async function* embeddings(
  images: Iterable<ImageLike> | AsyncIterable<ImageLike>,
  model: ImageModel,
  { output, pool = 'mean', total = null, ...options }: EmbedStreamOptions,
): AsyncGenerator<Embedding, void, undefined> {
  const embedder = {
    ...model,
    head: { decode: createVectorReader(output, pool, model.spec.input.layout) },
    run: ((inputs, runOptions) => model.run(inputs, { ...runOptions, outputs: [output] })) as ImageModel['run'],
  };
  await assertVector(embedder);
  for await (const row of predictRows(images, embedder, options, { total })) {
    const { index, image_id, image, size, detections: embedding, error } = row;
    yield { index, image_id, image, size, embedding, error };
  }
}

/** One run on an empty image, so that an output which cannot be had, or be no vector, is said once
 * and not for each image.
 */
async function assertVector({ spec, batch, preprocessor, inputName, head, run }: Embedder): Promise<void> {
  const { size } = spec.input;
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  try {
    head.decode(await run({ [inputName]: preprocessor.allocate(batch ?? 1) }), [geometry]);
  } catch (cause) {
    if (!QualmError.is(cause, 'shape-mismatch')) throw cause;
    throw new QualmError('unsupported', `embed: model "${spec.name}": ${cause.message}`, { cause });
  }
}

interface Embedder extends Pick<ImageModel, 'spec' | 'batch' | 'preprocessor' | 'inputName' | 'run'> {
  readonly head: { readonly decode: ReturnType<typeof createVectorReader> };
}
