import { Box2d } from '@qualm/types';
import type { SqlColumn, SqlValue } from '@qualm/sql';
import type { ListColumns, RankedList } from '@qualm/selection';
import { tableText } from './table-text.ts';

/** As many rows as somebody looks through. */
const mostRows = 50;

/** A ranked list as somebody reads it in a terminal: the first rows, with digits that can be read,
 * and without the addresses of images, whose ids say the same. What is left out is said below.
 * @param width columns of the terminal.
 */
export function listTable(list: RankedList<object>, width: number): string[] {
  const values = list.columns();
  const names = Object.keys(list.types).filter((name) => name !== 'image' || !('image_id' in list.types));
  const columns = names.map((name) => ({ name, type: sqlType(list.types[name]!) }));
  const length = Math.min(list.length, mostRows);
  const rows = Array.from({ length }, (_, row) => names.map((name) => sqlValue(values[name]![row])));
  const { lines, hidden } = tableText(columns, rows, width);
  const more = list.length - length;
  return [
    ...lines,
    ...(hidden.length > 0 ? [`no room for ${hidden.join(', ')}; --out list.csv has all`] : []),
    ...(more > 0 ? [`${more} more rows; --out list.csv has all, and so has a pipe`] : []),
  ];
}

const sqlTypes: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int32: 'INTEGER',
  int64: 'BIGINT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  box: 'STRUCT(xmin FLOAT, ymin FLOAT, xmax FLOAT, ymax FLOAT)',
};

function sqlType(type: ListColumns[string]): SqlColumn['type'] {
  return sqlTypes[type] ?? 'VARCHAR';
}

/** What is not a number, and what is not there, are both empty, as in CSV. */
function sqlValue(value: unknown): SqlValue {
  if (value instanceof Box2d) return { ...value.toJSON() };
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  return value as SqlValue;
}
