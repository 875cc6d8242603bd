import type { ColumnTable } from 'arquero';
import { QualmError, assertOptions } from '@qualm/types';
import type { Column, ImageRecord, RowError } from '@qualm/types';
import { createDetectionChunks } from './detection-chunks.ts';
import { toImageRecord } from './image-records.ts';
import type { ImageModel } from './image-model.ts';
import { predictRows, type PredictOptions } from './predict-stream.ts';
import { withColumn } from './with-column.ts';
import { assertModel, assertTable } from './assert-arguments.ts';

/** The table with what the model says of each row's `image` (a path, a URI, an `Image` or bytes): columns `detections` (null for
 * a broken image), `width` and `height` in pixels after EXIF (null for a broken image) and `error` (null where all went
 * well). A filter and an order of the table are applied first, so the rows come as the table shows them.
 * @throws QualmError `dataset-invalid` when there is no column `image`, and what `predictStream` throws.
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
  const shown = table.isFiltered() || table.isOrdered() ? table.reify() : table;
  const total = shown.numRows();
  const detections = createDetectionChunks(model.form);
  const errors: (RowError | null)[] = [];
  const widths: (number | null)[] = [];
  const heights: (number | null)[] = [];
  for await (const row of predictRows(imageRecords(shown), model, { ...options, order: 'input' }, { total })) {
    detections.push(row.detections);
    errors.push(row.error);
    widths.push(row.size?.width ?? null);
    heights.push(row.size?.height ?? null);
  }
  const columns = { width: widths, height: heights, detections: detections.finish(), error: errors };
  return Object.entries(columns).reduce((result, [name, values]) => withColumn(result, name, values), shown);
}

/** The images of a table, from its columns `image` and, where there is one, `image_id`. */
export async function* imageRecords(table: ColumnTable): AsyncGenerator<ImageRecord, void, undefined> {
  const images = table.column('image') as Column<unknown> | undefined;
  const ids = table.column('image_id') as Column<string | number> | undefined;
  if (!images) {
    throw new QualmError(
      'dataset-invalid',
      `predict: the table has no column "image", it has ${table.columnNames().join(', ')}; wanted paths, URIs, Images or bytes`,
    );
  }
  for (let row = 0; row < images.length; row++) {
    const record = await toImageRecord(images.at(row), row);
    yield ids ? { ...record, image_id: ids.at(row) ?? record.image_id } : record;
  }
}
