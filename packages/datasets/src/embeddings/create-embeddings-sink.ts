import { extname } from 'node:path';
import { assertOptions, assertText, assertWhole, wrongArgument } from '@qualm/types';
import type { EmbeddingSink } from '@qualm/types';
import { createBlockSink } from '../blocks/block-sink.ts';
import { createEmbeddingBlockBuilder } from './embedding-block.ts';
import { embeddingFormats } from './open-embeddings.ts';

/** Options of `createEmbeddingsSink`. */
export interface EmbeddingsSinkOptions {
  /** Numbers in each vector: `dimensions` of the embedder. */
  readonly dimensions: number;
  /** Whether rows are of boxes, which their `box_index` says. Default false. */
  readonly boxes?: boolean;
}

/** Endings of the files that `createEmbeddingsSink` writes. */
export const embeddingEndings: readonly string[] = Object.keys(embeddingFormats);

/** A sink that writes the vectors of images into one file. The ending of the path chooses the
 * format:
 *
 * - `.parquet`, `.arrow`: a row for each image with `image_id`, `image` (its URI), `embedding` (a
 *   list of float32, null for a broken image) and `error`;
 * - `.npz`: arrays for NumPy: `embeddings` [images, dimensions], with NaN for a broken image, and
 *   `image_ids`, `images`, `errors`.
 *
 * Of boxes there are two columns more: `box_index`, and `box`, a struct of `xmin`, `ymin`, `xmax`,
 * `ymax` in pixels; in `.npz` the arrays `box_indexes`, with -1 for a whole image, and `boxes`
 * [images, 4], with NaN.
 *
 * The file is there whole or not at all. Memory does not grow with the rows, but for `.arrow`,
 * which is made in memory, and the ids and errors of `.npz`, which are written last.
 * @throws RangeError for another ending; QualmError `shape-mismatch`, from `write`, for a vector of
 * another length, `io`.
 * @example await embedTo(source, embedder, createEmbeddingsSink('clip.parquet', { dimensions: embedder.dimensions }))
 */
export function createEmbeddingsSink(path: string, options: EmbeddingsSinkOptions): EmbeddingSink {
  assertText('createEmbeddingsSink', 'its path', path, "a path, such as 'embeddings.parquet'");
  assertOptions('createEmbeddingsSink', options, '{ dimensions: embedder.dimensions }');
  const { dimensions, boxes = false } = options;
  assertWhole('createEmbeddingsSink', 'dimensions', dimensions, 1);
  const open = embeddingFormats[extname(path).toLowerCase()];
  if (!open) throw wrongArgument('createEmbeddingsSink', 'its path', path, `a file in ${embeddingEndings.join(', ')}`);
  return createBlockSink(path, open(path, { dimensions, boxes }), createEmbeddingBlockBuilder(dimensions));
}
