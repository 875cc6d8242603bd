import { extname, resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import { formatCsv, writeCsv, writeParquet } from '@qualm/datasets';
import type { CsvOptions } from '@qualm/datasets';
import { UsageError } from './exit-code.ts';
import type { ListColumns } from './list-columns.ts';
import { claimFiles, storeFile, storeWith } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import type { Terminal } from './terminal.ts';
import { writeParts } from './write-data.ts';
import { tableColumns } from './table-columns.ts';

/** Where a ranked list goes. */
export interface TableOutput extends OverwriteOptions {
  /** A file, or - for stdout. */
  readonly out: string;
  readonly json?: true | undefined;
  /** Leaves text in CSV as it is, formulas too. */
  readonly raw?: true | undefined;
}

/** Writes a ranked list: CSV, JSON or Parquet by the ending of the file, CSV or JSON on stdout. */
export async function writeTable(
  table: ColumnTable,
  types: ListColumns,
  output: TableOutput,
  { cwd, stdout }: Terminal,
): Promise<void> {
  const { out, json, raw } = output;
  const listed = listedTable(table, types);
  const columns = tableColumns(listed);
  const csv = csvOptions(types, raw);
  if (out === '-')
    return writeParts(stdout, json ? [`${JSON.stringify(listed.objects())}\n`] : formatCsv(columns, csv));
  const path = resolve(cwd, out);
  switch (extname(path)) {
    case '.csv':
      return storeWith(path, output, () => writeCsv(path, columns, csv));
    case '.parquet':
      return storeWith(path, output, () => writeParquet(path, columns, { types }));
    case '.json':
      return storeFile(path, `${JSON.stringify(listed.objects(), null, 1)}\n`, output);
  }
}

/** The columns in the order in which they are declared.
 * @throws Error for a table with other columns, which would be a fault of ours.
 */
export function listedTable(table: ColumnTable, types: ListColumns): ColumnTable {
  const names = Object.keys(types);
  const others = table.columnNames().filter((name) => !names.includes(name));
  if (others.length > 0) throw new Error(`a list has columns that nobody declared: ${others.join(', ')}`);
  return table.select(names);
}

/** How a list of these columns is written as CSV. */
export function csvOptions(types: ListColumns, raw: true | undefined): CsvOptions {
  return { types, escapeFormulas: !raw };
}

/** Says before the work begins that its list could not be written.
 * @throws UsageError when the name has no ending of a list, or the file is somebody else's.
 */
export async function claimList(output: TableOutput, { cwd }: Pick<Terminal, 'cwd'>): Promise<void> {
  const { out } = output;
  if (out === '-') return;
  if (/\.(csv|json|parquet)$/.test(out)) return claimFiles([resolve(cwd, out)], output);
  throw new UsageError(`--out ${out}: wanted a name that ends in .csv, .json or .parquet, or - for stdout`);
}
