import type { ColumnTable } from 'arquero';
import { embedStream } from '@qualm/pipeline';
import type { EmbedStreamOptions, ImageModel } from '@qualm/pipeline';
import { assertOptions, assertText } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { assertModel, assertTable } from './assert-arguments.ts';
import { imageRecords, shownRows } from './image-rows.ts';
import { withColumn } from './with-column.ts';

/** Options of `embed`. */
export type EmbedOptions = Omit<EmbedStreamOptions, 'order' | 'total'>;

/** The table with a vector for each row's `image`, from any output of a model: columns `embedding`
 * (a Float32Array, null for a broken image) and `error`. `embeddingMatrix` makes of it what the
 * strategies of diversity read.
 * @throws QualmError `dataset-invalid` when there is no column `image`, `unsupported` when an
 * output cannot be a vector, and what `predictStream` throws.
 * @example embeddingMatrix((await embed(table, model, { output: 'features' })).column('embedding'))
 */
export async function embed(table: ColumnTable, model: ImageModel, options: EmbedOptions): Promise<ColumnTable> {
  assertTable('embed', table);
  assertModel('embed', model);
  assertOptions('embed', options, "{ output: 'features' }");
  assertText('embed', 'output', options.output);
  const shown = shownRows(table);
  const vectors: (Float32Array | null)[] = [];
  const errors: (RowError | null)[] = [];
  const streamed = { ...options, order: 'input', total: shown.numRows() } as const;
  for await (const { embedding, error } of embedStream(imageRecords('embed', shown), model, streamed)) {
    vectors.push(embedding);
    errors.push(error);
  }
  return withColumn(withColumn(shown, 'embedding', vectors), 'error', errors);
}
