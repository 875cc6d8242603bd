import type { ColumnTable } from 'arquero';
import { ClassScoresColumn, DetectionsColumn, QualmError, assertOptions, assertText } from '@qualm/types';
import type { ClassScores, Column, Detection, Detections, Label } from '@qualm/types';
import { assertTable } from './assert-arguments.ts';
import { boxColumns } from './box-columns.ts';
import { columnOf } from './conform.ts';
import { detectionsFromArray } from './detections-from-array.ts';
import { gatherColumn, lazyColumn } from './lazy-column.ts';
import { tableOfColumns } from './table-of-columns.ts';

/** Options of `explode` and `explodeOuter`. */
export interface ExplodeOptions {
  /** Names of label ids; adds `label`, and of class scores `second_label` and `labels`, beside the
   * ids.
   */
  readonly labels?: readonly Label[];
}

/** One row for each box of each image: the other columns repeated, and `box`, `score`, `label_id`.
 * Of class scores also `scores` and `label_ids`, both sorted by score, and `second_score` and
 * `second_label_id`, what comes second in them, null where there is one class: a group-by over the
 * two first classes needs no function. Where the model gives them, `mask`, `keypoints` and
 * `rotated_box` too. Rows with no boxes are dropped, as Spark's `explode` drops them. Nothing is
 * copied: the new columns read the arrays of the old one. A column of arrays of objects is copied
 * once.
 * @throws QualmError `unsupported` when the column holds no detections.
 * @example explode(await predict(images, model), 'detections', { labels: model.labels })
 * @example explode(images, 'detections', { labels }).groupby('label', 'second_label').count() // confused pairs
 */
export function explode(table: ColumnTable, column: string, options: ExplodeOptions = {}): ColumnTable {
  return explodeTable(table, column, options, false);
}

/** The same, and a row with no boxes stays as one row with nulls, as Spark's `explode_outer` keeps
 * it.
 */
export function explodeOuter(table: ColumnTable, column: string, options: ExplodeOptions = {}): ColumnTable {
  return explodeTable(table, column, options, true);
}

function explodeTable(table: ColumnTable, name: string, options: ExplodeOptions, outer: boolean): ColumnTable {
  assertTable('explode', table);
  assertText('explode', 'its column', name);
  assertOptions('explode', options, '{ labels: model.labels }');
  const { labels } = options;
  const rows = table.indices();
  const exploded = detectionColumn(table, name, rows);
  const { parents, boxes } = explodedRows(exploded.offsets, outer);
  const sources = rows.length === table.totalRows() && !table.isOrdered() ? parents : parents.map((row) => rows[row]!);
  const columns: Record<string, Column<unknown>> = {};
  for (const other of table.columnNames()) {
    if (other !== name) columns[other] = gatherColumn(columnOf('explode', table, other, 'unknown'), sources);
  }
  for (const [key, values] of Object.entries(boxColumns(exploded, labels))) {
    columns[key] = boxes ? gatherColumn(values, boxes) : values;
  }
  return tableOfColumns(columns);
}

/** The row of the table that each new row comes from, and its box where rows without boxes (-1)
 * stay.
 */
function explodedRows(offsets: Uint32Array, outer: boolean): { parents: Uint32Array; boxes: Int32Array | null } {
  const numRows = offsets.length - 1;
  let empty = 0;
  if (outer) for (let row = 0; row < numRows; row++) empty += Number(offsets[row] === offsets[row + 1]);
  const parents = new Uint32Array(offsets[numRows]! + empty);
  const boxes = empty > 0 ? new Int32Array(parents.length) : null;
  let next = 0;
  for (let row = 0; row < numRows; row++) {
    const isEmpty = offsets[row] === offsets[row + 1];
    if (isEmpty && outer) {
      boxes![next] = -1;
      parents[next++] = row;
    }
    for (let box = offsets[row]!; box < offsets[row + 1]!; box++) {
      if (boxes) boxes[next] = box;
      parents[next++] = row;
    }
  }
  return { parents, boxes };
}

function detectionColumn(
  table: ColumnTable,
  name: string,
  rows: ArrayLike<number>,
): DetectionsColumn | ClassScoresColumn {
  const column = columnOf('explode', table, name, 'unknown');
  const whole = rows.length === table.totalRows() && !table.isOrdered();
  if (whole && (column instanceof DetectionsColumn || column instanceof ClassScoresColumn)) return column;
  const values = lazyColumn(rows.length, (row) => asDetections(column.at(rows[row]!), name, row));
  const first = firstValue(values);
  return first?.form === 'class_scores'
    ? ClassScoresColumn.from(values as Column<ClassScores | null>)
    : DetectionsColumn.from(values as Column<Detections | null>);
}

function firstValue(values: Column<Detections | ClassScores | null>): Detections | ClassScores | null {
  for (const value of values) if (value) return value;
  return null;
}

function asDetections(value: unknown, name: string, row: number): Detections | ClassScores | null {
  if (value == null) return null;
  if (Array.isArray(value)) return detectionsFromArray(value as Detection[]);
  const { form } = value as { form?: unknown };
  if (form === 'detections' || form === 'class_scores') return value as Detections | ClassScores;
  throw new QualmError(
    'unsupported',
    `explode: row ${row} of "${name}" is neither Detections nor ClassScores; expected one of them, or an array of { box, score, label_id }`,
  );
}
