import type { ColumnTable } from 'arquero';
import { toImageRecord } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { ImageRecord } from '@qualm/types';
import { columnOf, hasColumn } from './conform.ts';

/** The table as it shows itself: its filter and order applied. */
export function shownRows(table: ColumnTable): ColumnTable {
  return table.isFiltered() || table.isOrdered() ? table.reify() : table;
}

/** What stands for an image in each row, from the column `image`.
 * @throws QualmError `dataset-invalid` when there is no column `image`.
 */
export function imageRecords(where: string, table: ColumnTable): AsyncGenerator<ImageRecord, void, undefined> {
  if (hasColumn(table, 'image')) return recordsOf(where, table);
  throw new QualmError(
    'dataset-invalid',
    `${where}: the table has no column "image", it has ${table.columnNames().join(', ')}; expected paths, URIs, Images or bytes`,
  );
}

async function* recordsOf(where: string, table: ColumnTable): AsyncGenerator<ImageRecord, void, undefined> {
  let row = 0;
  for (const image of columnOf(where, table, 'image', 'unknown')) yield toImageRecord(image, row++);
}
