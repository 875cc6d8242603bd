import { extname, resolve } from 'node:path';
import { formatCsv, writeCsv, writeParquet } from '@qualm/datasets';
import type { CsvOptions } from '@qualm/datasets';
import type { ListColumns, RankedList } from '@qualm/selection';
import { UsageError } from '../terminal/exit-code.ts';
import { claimFile, storeFile, storeWith } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import { styledText } from '../terminal/styled-text.ts';
import { wantsEscapes } from '../terminal/terminal.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writeData, writeParts } from './write-data.ts';

/** Where a ranked list goes. */
export interface ListOutput extends OverwriteOptions {
  /** A file, or - for stdout. */
  readonly out: string;
  readonly json?: true | undefined;
  /** Leaves text in CSV as it is, formulas too. */
  readonly raw?: true | undefined;
}

/** Writes a ranked list: CSV, JSON or Parquet by the ending of the file; on stdout CSV or JSON, and
 * where that is a terminal a table.
 * @param by the column that it is ranked by
 */
export async function writeList(
  list: RankedList<object>,
  by: string,
  output: ListOutput,
  terminal: Pick<Terminal, 'cwd' | 'stdout' | 'env'>,
): Promise<void> {
  const { out, json, raw } = output;
  const { cwd, stdout } = terminal;
  const { types } = list;
  const csv = csvOptions(types, raw);
  if (out === '-' && stdout.isTTY === true && !json && !raw) {
    const { listTable } = await import('./table/list-table.ts');
    const [header = '', rule = '', ...rows] = listTable(list, by, stdout.columns || 80);
    const escapes = wantsEscapes(terminal, 'stdout');
    const head = [
      { style: 'bold', text: header },
      { style: 'dim', text: rule },
    ] as const;
    const lines = [...head.map((line) => styledText([line], escapes)), ...rows];
    return writeData(stdout, `${lines.join('\n')}\n`);
  }
  if (out === '-')
    return writeParts(stdout, json ? [`${JSON.stringify(listRows(list))}\n`] : formatCsv(list.columns(), csv));
  const path = resolve(cwd, out);
  switch (extname(path)) {
    case '.csv':
      return storeWith(path, output, () => writeCsv(path, list.columns(), csv));
    case '.parquet':
      return storeWith(path, output, () => writeParquet(path, list.columns(), { types }));
    case '.json':
      return storeFile(path, `${JSON.stringify(listRows(list), null, 1)}\n`, output);
  }
}

/** The rows of a list with the names of its columns. */
export function listRows(list: RankedList<object>): Record<string, unknown>[] {
  const columns = Object.entries(list.columns());
  return Array.from({ length: list.length }, (_, row) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
  );
}

/** How a list of these columns is written as CSV. */
export function csvOptions(types: ListColumns, raw: true | undefined): CsvOptions {
  return { types, escapeFormulas: !raw };
}

/** Says before the work begins that its list could not be written.
 * @throws UsageError when the name has no ending of a list, or the file is somebody else's.
 */
export async function claimList(output: ListOutput, { cwd }: Pick<Terminal, 'cwd'>): Promise<void> {
  const { out } = output;
  if (out === '-') return;
  if (/\.(csv|json|parquet)$/.test(out)) return claimFile(resolve(cwd, out), output);
  throw new UsageError(`--out ${out}: expected a name that ends in .csv, .json or .parquet, or - for stdout`);
}
