import { extname } from 'node:path';
import * as aq from 'arquero';
import { readParquet } from '@qualm/datasets';
import type { Column } from '@qualm/types';
import { UsageError } from './exit-code.ts';
import { readText } from './read-text.ts';

/** A table of a file, by columns. */
export interface FileTable {
  readonly length: number;
  readonly columns: Readonly<Record<string, Column<unknown>>>;
}

/** A CSV file with a line of names, or a Parquet file.
 * @throws UsageError when the ending is another, or the CSV has no rows.
 */
export async function readTable(path: string): Promise<FileTable> {
  switch (extname(path).toLowerCase()) {
    case '.parquet':
      return readParquet(path);
    case '.csv': {
      const table = aq.fromCSV(await readText(path));
      const columns = table.columnNames().map((name) => [name, table.column(name)] as const);
      return { length: table.numRows(), columns: Object.fromEntries(columns) as unknown as FileTable['columns'] };
    }
    default:
      throw new UsageError(`${path}: wanted a file that ends in .csv or .parquet`);
  }
}
