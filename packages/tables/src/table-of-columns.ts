import { table } from 'arquero';
import type { ColumnTable } from 'arquero';
import type { Column } from '@qualm/types';

/** An Arquero table over columns of any kind; Arquero takes whatever has `length`, `at` and an
 * iterator.
 */
export function tableOfColumns(columns: Readonly<Record<string, Column<unknown>>>): ColumnTable {
  return table(columns);
}
