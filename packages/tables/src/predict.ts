import type { ColumnTable } from 'arquero';
import { predictStream } from '@qualm/pipeline';
import type { ImageModel, PredictOptions } from '@qualm/pipeline';
import { assertOptions } from '@qualm/types';
import type { RowError } from '@qualm/types';
import { assertModel, assertTable } from './assert-arguments.ts';
import { createDetectionChunks } from './detection-chunks.ts';
import { imageRecords, shownRows } from './image-rows.ts';
import { withColumn } from './with-column.ts';

/** The table with what the model says of each row's `image` (a path, a URI, an `Image` or bytes):
 * columns `detections` (null for a broken image), `width` and `height` in pixels after EXIF (null
 * for a broken image) and `error` (null where all went well). A filter and an order of the table
 * are applied first, so the rows come as the table shows them.
 * @throws QualmError `dataset-invalid` when there is no column `image`, and what `predictStream`
 * throws.
 * @example const predictions = await predict(aq.table({ image: ['a.jpg', 'b.jpg'] }), model);
 */
export async function predict(
  table: ColumnTable,
  model: ImageModel,
  options: PredictOptions = {},
): Promise<ColumnTable> {
  assertTable('predict', table);
  assertModel('predict', model);
  assertOptions('predict', options, '{ batchSize: 4 }');
  const shown = shownRows(table);
  const detections = createDetectionChunks(model.form);
  const errors: (RowError | null)[] = [];
  const widths: (number | null)[] = [];
  const heights: (number | null)[] = [];
  const streamed = { ...options, order: 'input', total: shown.numRows() } as const;
  for await (const row of predictStream(imageRecords('predict', shown), model, streamed)) {
    detections.push(row.detections);
    errors.push(row.error);
    widths.push(row.size?.width ?? null);
    heights.push(row.size?.height ?? null);
  }
  const columns = { width: widths, height: heights, detections: detections.finish(), error: errors };
  return Object.entries(columns).reduce((result, [name, values]) => withColumn(result, name, values), shown);
}
