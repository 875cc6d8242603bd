import type { ColumnTable } from 'arquero';
import { QualmError, wrongArgument } from '@qualm/types';
import type { Column } from '@qualm/types';
import { assertTable } from './assert-arguments.ts';
import { firstMisfit, isColumnKind, kindNames } from './column-kinds.ts';
import type { ColumnKind, TableSchema, ValueOf } from './column-kinds.ts';

/** An Arquero table whose columns have types: one that it lacks does not compile. A verb that
 * adds or drops columns, such as `derive` or `select`, wants another `conform` after it. */
export interface TableOf<S extends TableSchema> extends ColumnTable {
  /** The values of all rows, also of those that a filter hides. */
  column<K extends keyof S & string>(name: K): Column<ValueOf<S[K]>>;
  /** The value of the table's first row, or of the row at that place among those that it shows. */
  get<K extends keyof S & string>(name: K, row?: number): ValueOf<S[K]>;
}

/** The same table, checked once at the door: it has these columns, and all their rows, also those
 * that a filter hides, hold what the schema says. Columns that the schema does not name stay as
 * they are. Kinds are `boolean`, `string`, `number`, `int32`, `id` (text or a number), `number[]`,
 * `float32[]`, `float64[]`, `int32[]`, `string[]`, `detections` and `unknown`; a `?` after one
 * allows null.
 * @throws QualmError `unsupported` when a column is missing or holds something else; RangeError for
 * a kind that there is not.
 * @example conform(boxes, { image_id: 'id', scores: 'float32[]' }).column('scores').at(0) // a Float32Array
 */
export function conform<const S extends TableSchema>(table: ColumnTable, schema: S): TableOf<S> {
  assertTable('conform', table);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw wrongArgument('conform', 'its schema', schema, "the columns by name, such as { scores: 'float32[]' }");
  }
  for (const [name, kind] of Object.entries<unknown>(schema)) {
    if (!isColumnKind(kind)) throw wrongArgument('conform', `the kind of "${name}"`, kind, `one of ${kindNames}`);
    columnOf('conform', table, name, kind);
  }
  return table as TableOf<S>;
}

/** One column of a table, checked.
 * @throws QualmError `unsupported` when it is missing or a row is not of the kind; the message
 * begins with `where`.
 */
export function columnOf<K extends ColumnKind>(
  where: string,
  table: ColumnTable,
  name: string,
  kind: K,
): Column<ValueOf<K>> {
  const column = table.column(name) as Column<unknown> | undefined;
  if (!column) {
    throw new QualmError(
      'unsupported',
      `${where}: no column "${name}"; the table has ${table.columnNames().join(', ')}`,
    );
  }
  const row = firstMisfit(column, kind);
  if (row === -1) return column as Column<ValueOf<K>>;
  const value = column.at(row);
  const advice = value === null || value === undefined ? `; say "${kind}?" where null may be` : '';
  throw new QualmError(
    'unsupported',
    `${where}: row ${row} of "${name}" is ${shown(value)}; expected ${kind}${advice}`,
  );
}

/** True where the table has the column. */
export function hasColumn(table: ColumnTable, name: string): boolean {
  return table.columnNames().includes(name);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `a value of type ${value.constructor?.name ?? 'object'}`;
}
