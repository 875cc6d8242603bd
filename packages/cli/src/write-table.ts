import { extname, resolve } from 'node:path';
import type { ColumnTable } from 'arquero';
import { formatCsv, writeCsv, writeParquet } from '@qualm/datasets';
import { UsageError } from './exit-code.ts';
import { storeFile } from './store-file.ts';
import type { Terminal } from './terminal.ts';
import { writeParts } from './write-data.ts';
import { tableColumns } from './write-selection.ts';

/** Where a ranked list goes. */
export interface TableOutput {
  /** A file, or - for stdout. */
  readonly out: string;
  readonly json?: true | undefined;
}

/** Writes a ranked list: CSV, JSON or Parquet by the ending of the file, CSV or JSON on stdout. */
export async function writeTable(
  table: ColumnTable,
  { out, json }: TableOutput,
  { cwd, stdout }: Terminal,
): Promise<void> {
  if (out === '-') {
    return writeParts(stdout, json ? [`${JSON.stringify(table.objects())}\n`] : formatCsv(tableColumns(table)));
  }
  const path = resolve(cwd, out);
  switch (extname(path)) {
    case '.csv':
      return writeCsv(path, tableColumns(table));
    case '.parquet':
      return writeParquet(path, tableColumns(table));
    case '.json':
      return storeFile(path, `${JSON.stringify(table.objects(), null, 1)}\n`);
  }
}

/** @throws UsageError when the name has no ending of a list. */
export function assertListName(out: string): void {
  if (out === '-' || /\.(csv|json|parquet)$/.test(out)) return;
  throw new UsageError(`--out ${out}: wanted a name that ends in .csv, .json or .parquet, or - for stdout`);
}
