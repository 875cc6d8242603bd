import { extname } from 'node:path';
import * as aq from 'arquero';
import { readParquet } from '@qualm/datasets';
import type { Column } from '@qualm/types';
import { UsageError } from '../../terminal/exit-code.ts';
import { readText } from '../../input/read-text.ts';

/** A table of a file, by columns. */
export interface FileTable {
  readonly length: number;
  readonly columns: Readonly<Record<string, Column<unknown>>>;
}

/** A CSV file with a line of names, or a Parquet file.
 * @throws UsageError when the file ends in something else, or the CSV has no names or some that
 * cannot be kept.
 */
export async function readTable(path: string): Promise<FileTable> {
  switch (extname(path).toLowerCase()) {
    case '.parquet':
      return readParquet(path);
    case '.csv': {
      const text = await readText(path);
      assertHeader(text, path);
      const table = aq.fromCSV(text);
      const columns = table.columnNames().map((name) => [name, table.column(name)] as const);
      return { length: table.numRows(), columns: Object.fromEntries(columns) as unknown as FileTable['columns'] };
    }
    default:
      throw new UsageError(`${path}: expected a file that ends in .csv or .parquet`);
  }
}

/** Columns are kept by name, in an object: names must differ, and none may be `__proto__`. */
function assertHeader(text: string, path: string): void {
  const [line] = /^[^\r\n]+/.exec(text) ?? [];
  if (line === undefined)
    throw new UsageError(`${path}: is empty, or its first line is; expected a line of names, then rows`);
  const cells = aq.fromCSV(line, { header: false, autoType: false }).object() as Record<string, string>;
  const names = Object.values(cells);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new UsageError(`${path}: two columns are named "${twice}"; give one another name`);
  if (names.includes('__proto__')) throw new UsageError(`${path}: a column is named "__proto__"; give it another name`);
}
