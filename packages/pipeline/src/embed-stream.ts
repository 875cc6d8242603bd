import { QualmError, assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { Embedding, EmbeddingSink, ImageSource, Prediction } from '@qualm/types';
import type { ImageLike } from './image-records.ts';
import type { Embedder, ImageModel, VectorOptions } from './image-model.ts';
import { predictRows } from './predict-stream.ts';
import type { PredictStreamOptions, RowModel } from './predict-stream.ts';
import { storeRows } from './predict-to.ts';
import type { PredictCounts, PredictToOptions } from './predict-to.ts';
import { runOnEmpty } from './probe-model.ts';
import { assertEmbedder, assertImages, assertModel, assertSink } from './assert-arguments.ts';

/** Options of `embedStream` with a model that `loadModel` gave. */
export interface EmbedStreamOptions extends PredictStreamOptions, VectorOptions {}

type Images = Iterable<ImageLike> | AsyncIterable<ImageLike>;

/** A vector for each image, as a stream under the rules of `predictStream`: by an embedder, or from
 * any output of a model whose own head is not asked then. An embedder is faster, since its images
 * go all the way in the threads of its sessions.
 * @throws QualmError `unsupported` when an output cannot be a vector, and what `predictStream`
 * throws.
 * @example for await (const { embedding } of embedStream(images, await loadEmbedder(clip, options))) use(embedding);
 */
export function embedStream(
  images: Images,
  embedder: Embedder,
  options?: PredictStreamOptions,
): AsyncGenerator<Embedding, void, undefined>;
export function embedStream(
  images: Images,
  model: ImageModel,
  options: EmbedStreamOptions,
): AsyncGenerator<Embedding, void, undefined>;
export function embedStream(
  images: Images,
  model: Embedder | ImageModel,
  options: PredictStreamOptions & Partial<VectorOptions> = {},
): AsyncGenerator<Embedding, void, undefined> {
  assertImages('embedStream', images);
  assertModel('embedStream', model);
  const isEmbedder = model.form === 'embedding';
  assertOptions('embedStream', options, isEmbedder ? '{ batchSize: 4 }' : "{ output: 'features' }");
  const { output, pool, ...streamed } = options;
  if (!isEmbedder) {
    assertText('embedStream', 'output', output);
    return embeddings(images, () => vectorsOf(model, { output: output as string, pool }), streamed);
  }
  if (output !== undefined)
    throw wrongArgument('embedStream', 'output', output, 'none with an embedder; say it to loadEmbedder');
  return embeddings(images, () => model, streamed);
}

/** Streams a vector for each image of a source into a sink, under the rules of `predictTo`.
 * @throws QualmError what `predictTo` throws.
 * @example await embedTo(await openFolder('photos'), embedder, createEmbeddingsSink('clip.parquet', { dimensions: embedder.dimensions }))
 */
export async function embedTo(
  source: ImageSource,
  embedder: Embedder,
  sink: EmbeddingSink,
  options: PredictToOptions = {},
): Promise<PredictCounts> {
  assertImages('embedTo', source);
  assertEmbedder('embedTo', embedder);
  assertSink('embedTo', sink, "createEmbeddingsSink('embeddings.parquet', { dimensions })");
  assertOptions('embedTo', options, '{ batchSize: 4 }');
  return storeRows(
    'embedTo',
    source,
    embedder,
    { verb: 'embed', sink, write: (row) => sink.write(embeddingOf(row)) },
    options,
  );
}

async function* embeddings(
  images: Images,
  embedderOf: () => RowModel<Float32Array> | Promise<RowModel<Float32Array>>,
  { total = null, ...options }: PredictStreamOptions,
): AsyncGenerator<Embedding, void, undefined> {
  const embedder = await embedderOf();
  for await (const row of predictRows(images, embedder, options, { total })) yield embeddingOf(row);
}

function embeddingOf({ detections: embedding, warning: _, ...row }: Prediction<Float32Array>): Embedding {
  return { ...row, embedding };
}

/** The model with another head. One run on an empty image tells once, and not for each image, that
 * an output cannot be had, or be no vector.
 */
async function vectorsOf(model: ImageModel, options: VectorOptions): Promise<RowModel<Float32Array>> {
  const head = model.createVectorHead(options);
  const run: ImageModel['run'] = (inputs, runOptions) => model.run(inputs, { ...runOptions, outputs: head.outputs });
  const embedder = { ...model, head, run };
  try {
    await runOnEmpty(embedder);
  } catch (cause) {
    if (!QualmError.is(cause, 'shape-mismatch')) throw cause;
    throw new QualmError('unsupported', `embed: model "${model.spec.name}": ${cause.message}`, { cause });
  }
  return embedder;
}
