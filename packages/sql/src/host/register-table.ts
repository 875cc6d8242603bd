import type { ColumnTable } from 'arquero';
import { Box2d, Image, QualmError } from '@qualm/types';
import type { Column } from '@qualm/types';
import type { InsertRequest } from '../protocol.ts';
import { typeOfValues } from './type-of-values.ts';

const chunk = 2048;

/** Sends the rows of a table, in its order and through its filter, a chunk at a time. */
export async function registerTable(
  name: string,
  table: ColumnTable,
  insert: (request: InsertRequest) => Promise<unknown>,
): Promise<void> {
  const columns = table.columnNames().map((column) => ({ column, values: table.column(column) as Column<unknown> }));
  const rows = [...table.indices()];
  const types = columns.map(({ column, values }) => ({
    name: column,
    type: typeOfValues(`register: column "${column}"`, values, rows),
  }));
  if (types.length === 0) throw new QualmError('query-invalid', `register: the table "${name}" has no columns`);
  let isFirst = true;
  for (let from = 0; isFirst || from < rows.length; from += chunk) {
    const some = rows.slice(from, from + chunk).map((row) => columns.map(({ values }) => plain(values.at(row))));
    await insert({ name, columns: types, rows: some, isFirst });
    isFirst = false;
  }
}

/** A value as it travels: plain objects, and lists without holes. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Image) return { uri: value.uri, data: value.bytes };
  if (value instanceof Box2d) return { xmin: value.xmin, ymin: value.ymin, xmax: value.xmax, ymax: value.ymax };
  if (ArrayBuffer.isView(value)) return value instanceof Uint8Array ? value : Array.from(value as Float32Array);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
