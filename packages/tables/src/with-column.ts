import type { ColumnTable } from 'arquero';
import type { Column } from '@qualm/types';

/** The same table, its filter, order and groups, with one column more or replaced. */
export function withColumn(table: ColumnTable, name: string, values: Column<unknown>): ColumnTable {
  const data = { ...table.data(), [name]: values };
  return table.create({ data, names: [...new Set([...table.columnNames(), name])] });
}
