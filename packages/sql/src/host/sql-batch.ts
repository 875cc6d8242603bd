import { valueAt } from '../columns/value-at.ts';
import type { ColumnData } from '../columns/column-data.ts';
import type { SqlBatch, SqlColumn } from '../sql-session.ts';

/** Rows in the memory that came from DuckDB's thread. */
export function sqlBatch(columns: readonly SqlColumn[], data: readonly ColumnData[], length: number): SqlBatch {
  return {
    length,
    value: (column, row) => valueAt(data[column]!, row),
    at: (row) => Object.fromEntries(columns.map(({ name }, column) => [name, valueAt(data[column]!, row)])),
  };
}
