import { field, float32, int32, int64, list, struct, utf8 } from '@uwdata/flechette';
import type { DataType, Field, Table } from '@uwdata/flechette';
import type { ColumnTable } from 'arquero';
import { ClassScoresColumn, DetectionsColumn, Image, Mask, assertOptions } from '@qualm/types';
import type { ClassScores, Column, Detections, Label, RowShapes, ShapeKind } from '@qualm/types';
import { assertTable } from './assert-arguments.ts';
import { columnOf } from './conform.ts';
import { lazyColumn } from './lazy-column.ts';
import { withColumn } from './with-column.ts';

/** Options of `toArrow`. */
export interface ToArrowOptions {
  /** Names of label ids, which stand beside the ids of `detections`. */
  readonly labels?: readonly Label[];
}

const isNullable = true;
const box = struct((['xmin', 'ymin', 'xmax', 'ymax'] as const).map((edge) => field(edge, float32(), !isNullable)));
const floats = list(field('element', float32(), !isNullable));
const ids = list(field('element', int32(), !isNullable));
const names = list(field('element', utf8(), isNullable));
const shapeTypes: Readonly<Record<ShapeKind, DataType>> = {
  mask: utf8(),
  keypoints: floats,
  rotated_box: struct(
    (['cx', 'cy', 'width', 'height', 'angle'] as const).map((part) => field(part, float32(), !isNullable)),
  ),
};

/** What `predict` and `explode` name their columns, by how Parquet stores them. */
const known: Readonly<Record<string, DataType>> = {
  ...{ width: int32(), height: int32() },
  error: struct([field('code', utf8(), !isNullable), field('message', utf8(), !isNullable)]),
  ...{ box, score: float32(), label_id: int32(), label: utf8(), scores: floats, label_ids: ids, labels: names },
  ...{ second_score: float32(), second_label_id: int32(), second_label: utf8() },
};

const detectionFields = [
  field('box', box, !isNullable),
  field('score', float32(), !isNullable),
  field('label_id', int32(), !isNullable),
  field('label', utf8(), isNullable),
];
const classScoreFields = [
  field('box', box, !isNullable),
  field('scores', floats, !isNullable),
  field('label_ids', ids, !isNullable),
];

/** A table of `predict`, or of `explode` after it, as an Arrow table of the columns and types that
 * predictions have in Parquet, whatever its rows hold: `detections` as a list of structs, images as
 * their URIs. Other columns are what Arquero makes of them; a filter and an order are applied.
 * @example tableToIPC(toArrow(await predict(photos, model), { labels: model.labels })) // with @uwdata/flechette
 */
export function toArrow(table: ColumnTable, options: ToArrowOptions = {}): Table {
  assertTable('toArrow', table);
  assertOptions('toArrow', options, '{ labels: model.labels }');
  const { labels = [] } = options;
  const types: Record<string, DataType> = {};
  let stored = table;
  for (const name of table.columnNames()) {
    const column = columnOf('toArrow', table, name, 'unknown');
    const typed = typedColumn(name, column, labels);
    if (!typed) continue;
    types[name] = typed.type;
    if (typed.column !== column) stored = withColumn(stored, name, typed.column);
  }
  return stored.toArrow({ types });
}

interface TypedColumn {
  readonly type: DataType;
  readonly column: Column<unknown>;
}

function typedColumn(name: string, column: Column<unknown>, labels: readonly Label[]): TypedColumn | null {
  if (column instanceof DetectionsColumn)
    return { type: rowsOf(detectionFields, column), column: detectionRows(column, labels) };
  if (column instanceof ClassScoresColumn) return { type: rowsOf(classScoreFields, column), column: boxRows(column) };
  if (name === 'image') return { type: utf8(), column: mapped(column, uriOf) };
  if (name === 'image_id') return idColumn(column);
  if (name === 'mask' || name === 'keypoints' || name === 'rotated_box') return shapeColumn(name, column);
  const type = known[name];
  return type ? { type, column } : null;
}

/** A column of `explode`; null for another of that name. */
function shapeColumn(kind: ShapeKind, column: Column<unknown>): TypedColumn | null {
  const isOne: Readonly<Record<ShapeKind, (value: unknown) => boolean>> = {
    mask: (value) => value instanceof Mask,
    keypoints: (value) => value instanceof Float32Array,
    rotated_box: (value) => typeof value === 'object' && value !== null && 'angle' in value,
  };
  if (!isOne[kind](firstValue(column))) return null;
  return { type: shapeTypes[kind], column: kind === 'mask' ? mapped(column, textOf) : column };
}

function firstValue(column: Column<unknown>): unknown {
  for (const value of column) if (value != null) return value;
  return null;
}

/** A list of structs of these fields, and of what the column has beside boxes. */
function rowsOf(fields: readonly Field[], { shapes }: DetectionsColumn | ClassScoresColumn): DataType {
  const beside = (shapes?.kinds ?? []).map((kind) => field(kind, shapeTypes[kind], !isNullable));
  return list(field('element', struct([...fields, ...beside]), !isNullable));
}

/** Masks as Parquet holds them: COCO's compressed counts, of the size of the image. */
function textOf(value: unknown): string | null {
  return value instanceof Mask ? value.toCocoString() : null;
}

function storedShapes<Row extends RowShapes>(row: Row): Omit<Row, 'mask'> & { readonly mask?: string } {
  const { mask, ...rest } = row;
  return { ...rest, ...(mask && { mask: mask.toCocoString() }) };
}

function detectionRows(column: DetectionsColumn, labels: readonly Label[]): Column<unknown> {
  const named = new Map(labels.map(({ id, name }) => [id, name]));
  return mapped(
    column,
    (row: Detections | null) =>
      row && Array.from(row, (found) => ({ ...storedShapes(found), label: named.get(found.label_id) ?? null })),
  );
}

function boxRows(column: ClassScoresColumn): Column<unknown> {
  return mapped(column, (row: ClassScores | null) => row && Array.from(row, storedShapes));
}

/** As predictions store ids: whole numbers where the first is one, else text. */
function idColumn(column: Column<unknown>): TypedColumn {
  return Number.isSafeInteger(column.at(0))
    ? { type: int64(), column: mapped(column, (id) => (id == null ? null : BigInt(id as number))) }
    : { type: utf8(), column: mapped(column, (id) => (id == null ? null : String(id))) };
}

function uriOf(value: unknown): string | null {
  if (value instanceof Image) return value.uri;
  return typeof value === 'string' ? value : null;
}

function mapped<T>(column: Column<T>, map: (value: T) => unknown): Column<unknown> {
  return lazyColumn(column.length, (row) => map(column.at(row) as T));
}
