import type { ColumnTable } from 'arquero';
import { embedStream } from '@qualm/pipeline';
import type { Embedder, EmbedStreamOptions, ImageModel, PredictOptions } from '@qualm/pipeline';
import { assertOptions } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { assertModel, assertTable } from './assert-arguments.ts';
import { imageRecords, shownRows } from './image-rows.ts';
import { withColumn } from './with-column.ts';

/** Options of `embed` with a model that `loadModel` gave. */
export type EmbedOptions = Omit<EmbedStreamOptions, 'order' | 'total'>;

/** The table with a vector for each row's `image`, by an embedder or from any output of a model:
 * columns `embedding` (a Float32Array, null for a broken image) and `error`. `embeddingMatrix`
 * makes of it what the strategies of diversity read.
 * @throws QualmError `dataset-invalid` when there is no column `image`, `unsupported` when an
 * output cannot be a vector, and what `predictStream` throws.
 * @example embeddingMatrix((await embed(table, await loadEmbedder(clip,
 * options))).column('embedding'))
 */
export function embed(table: ColumnTable, embedder: Embedder, options?: PredictOptions): Promise<ColumnTable>;
export function embed(table: ColumnTable, model: ImageModel, options: EmbedOptions): Promise<ColumnTable>;
export async function embed(
  table: ColumnTable,
  model: Embedder | ImageModel,
  options: PredictOptions | EmbedOptions = {},
): Promise<ColumnTable> {
  assertTable('embed', table);
  assertModel('embed', model);
  assertOptions('embed', options, "{ output: 'features' }");
  const shown = shownRows(table);
  const vectors: (Float32Array | null)[] = [];
  const errors: (RowError | null)[] = [];
  const streamed = { ...options, order: 'input', total: shown.numRows() } as const;
  const images = imageRecords('embed', shown);
  const rows =
    model.form === 'embedding'
      ? embedStream(images, model, streamed)
      : embedStream(images, model, streamed as typeof streamed & EmbedOptions);
  for await (const { embedding, error } of rows) {
    vectors.push(embedding);
    errors.push(error);
  }
  return withColumn(withColumn(shown, 'embedding', vectors), 'error', errors);
}
