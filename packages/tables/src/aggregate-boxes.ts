import type { ColumnTable } from 'arquero';
import { aggregate } from '@qualm/strategies';
import type { AggregateOptions, Aggregation } from '@qualm/strategies';
import { assertOptions } from '@qualm/types';
import type { Column, RankOrder, Strategy } from '@qualm/types';
import { assertAggregation, assertBy, assertTable } from './assert-arguments.ts';
import { columnOf, hasColumn } from './conform.ts';
import { withColumn } from './with-column.ts';

/** Options of `aggregateBoxes`. */
export interface AggregateBoxesOptions extends AggregateOptions {
  /** The column of `boxes` to aggregate: a strategy, which knows its order, or a column's name. */
  readonly by: Strategy | string;
  /** Which of the numbers are least sure; needed for a column, and stronger than a strategy's own.
   */
  readonly order?: RankOrder;
  /** How the number of an image comes from those of its boxes: `leastSure`, `mean`, `topKMean(3)`,
   * one of yours.
   */
  readonly how: Aggregation;
  /** The column of both tables that says which boxes are of which image. Default `image_id`. */
  readonly on?: string;
  /** The new column; default the name of `by`. */
  readonly as?: string;
  /** The column of `images` that is null where the model has said nothing, as of a broken image;
   * such images get NaN, not what empty ones get. Default `detections`, where there is one. */
  readonly detections?: string;
}

/** The table of images with one column more: how unsure the model is of each, from the boxes of
 * another table, which may be filtered.
 * @param boxes what `explode` makes of the images, scored; boxes of images that are not in the
 * table are passed over.
 * @throws QualmError `unsupported` when a column is missing; RangeError when two images have one
 * key, a column is named without an order, or the aggregation means nothing in it.
 * @example aggregateBoxes(images, score(explode(images, 'detections'), entropy), { by: entropy, how: topKMean(3), empty: 'last' })
 */
export function aggregateBoxes(images: ColumnTable, boxes: ColumnTable, options: AggregateBoxesOptions): ColumnTable {
  assertTable('aggregateBoxes', images);
  assertTable('aggregateBoxes', boxes);
  assertOptions('aggregateBoxes', options, '{ by: margin, how: leastSure }');
  const { by, how, on = 'image_id', detections = 'detections' } = options;
  assertBy('aggregateBoxes', by);
  assertAggregation('aggregateBoxes', how);
  const name = typeof by === 'string' ? by : by.name;
  const order = options.order ?? (typeof by === 'string' ? undefined : by.order);
  if (!order)
    throw new RangeError(`aggregateBoxes: say which numbers of "${name}" are least sure: { order: 'ascending' }`);
  const imageRows = images.indices();
  const rowsOfBoxes = imageOfBoxes(images, boxes, on);
  const { values, offsets } = grouped(
    boxes,
    columnOf('aggregateBoxes', boxes, name, 'number?'),
    rowsOfBoxes,
    imageRows.length,
  );
  const result = aggregate({ name, values, order }, offsets, how, options).values;
  const said = hasColumn(images, detections) ? columnOf('aggregateBoxes', images, detections, 'unknown') : null;
  const column = new Float64Array(images.totalRows()).fill(NaN);
  imageRows.forEach((row, place) => {
    if (!said || said.at(row) != null) column[row] = result[place]!;
  });
  return withColumn(images, options.as ?? name, column);
}

/** For each box, in the table's order, the place of its image; -1 where there is none. */
function imageOfBoxes(images: ColumnTable, boxes: ColumnTable, on: string): Int32Array {
  const keys = columnOf('aggregateBoxes', images, on, 'unknown');
  const places = new Map<unknown, number>();
  images.indices().forEach((row, place) => {
    const key = keys.at(row);
    if (places.has(key)) {
      throw new RangeError(
        `aggregateBoxes: two images have the ${on} ${String(key)}; expected one row for each, see "on"`,
      );
    }
    places.set(key, place);
  });
  const boxKeys = columnOf('aggregateBoxes', boxes, on, 'unknown');
  return Int32Array.from(boxes.indices(), (row) => places.get(boxKeys.at(row)) ?? -1);
}

/** The values of the boxes, those of each image together. */
function grouped(
  boxes: ColumnTable,
  column: Column<number | null>,
  imageOf: Int32Array,
  numImages: number,
): { values: Float64Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(numImages + 1);
  for (const image of imageOf) if (image >= 0) offsets[image + 1]!++;
  for (let image = 0; image < numImages; image++) offsets[image + 1]! += offsets[image]!;
  const next = offsets.slice();
  const values = new Float64Array(offsets[numImages]!);
  boxes.indices().forEach((row, box) => {
    const image = imageOf[box]!;
    if (image >= 0) values[next[image]!++] = column.at(row) ?? NaN;
  });
  return { values, offsets };
}
