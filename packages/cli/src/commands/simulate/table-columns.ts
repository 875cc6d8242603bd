import type { ColumnTable } from 'arquero';
import type { Column } from '@qualm/types';

/** The columns of a table, by name, as `@qualm/datasets` takes them. */
export function tableColumns(table: ColumnTable): Record<string, Column<unknown>> {
  const flat = table.reify();
  return Object.fromEntries(flat.columnNames().map((name) => [name, flat.column(name) as unknown as Column<unknown>]));
}
