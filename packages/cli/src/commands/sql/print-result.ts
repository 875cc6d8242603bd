import type { SqlBatch, SqlColumn, SqlResult } from '@qualm/sql';
import { printableLines } from '@qualm/types';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeParts } from '../../output/write-data.ts';
import { createRowWriter } from './row-writers.ts';
import type { RowWriter, SqlRow } from './row-writers.ts';
import type { SqlMode } from './sql-mode.ts';
import { tableText } from '../../output/table/table-text.ts';

/** What of a result is printed. */
export type PrintableResult = Pick<SqlResult, 'columns'> & AsyncIterable<SqlBatch>;

/** How a result is printed. */
export interface PrintOptions {
  readonly mode: SqlMode;
  /** As many rows are printed; all are read. */
  readonly limit: number;
  readonly raw?: boolean;
  /** Is given the rows as they come, printed or not. */
  readonly onRows?: (rows: readonly SqlRow[]) => void;
  /** Is called when all rows are read, before the last is printed. */
  readonly onRead?: () => void;
}

/** What was printed. */
export interface PrintedResult {
  readonly rows: number;
  readonly printed: number;
  /** Columns that a table had no room for. */
  readonly hidden: readonly string[];
}

/** Prints a result to stdout while it is read, and reads it to its end. */
export async function printResult(
  result: PrintableResult,
  { mode, limit, raw = false, onRows, onRead }: PrintOptions,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<PrintedResult> {
  const { columns } = result;
  const table = mode === 'table' ? tableWriter(result, stdout.isTTY ? stdout.columns || 80 : null) : null;
  const writer = table ?? createRowWriter(mode as Exclude<SqlMode, 'table'>, columns, { raw });
  let [rows, printed] = [0, 0];
  for await (const batch of result) {
    rows += batch.length;
    const kept = onRows ? batch.length : Math.min(batch.length, limit - printed);
    if (kept === 0) continue;
    const values = rowsOf(batch, columns.length, kept);
    onRows?.(values);
    const shown = values.slice(0, limit - printed);
    printed += shown.length;
    await writeParts(stdout, writer.rows(shown));
  }
  onRead?.();
  await writeParts(stdout, writer.end());
  return { rows, printed, hidden: table?.hidden() ?? [] };
}

function rowsOf(batch: SqlBatch, width: number, length: number): SqlRow[] {
  return Array.from({ length }, (_, row) => Array.from({ length: width }, (_, column) => batch.value(column, row)));
}

/** A table is laid out when all of its rows are there. */
function tableWriter(
  { columns }: PrintableResult,
  width: number | null,
): RowWriter & { readonly hidden: () => readonly string[] } {
  const kept: SqlRow[] = [];
  let hidden: readonly string[] = [];
  return {
    hidden: () => hidden,
    rows(rows) {
      kept.push(...rows);
      return [];
    },
    end() {
      if (isPlan(columns)) return kept.map(([, plan]) => `${printableLines(String(plan))}\n`);
      const text = tableText(columns, kept, width);
      hidden = text.hidden;
      return text.lines.map((line) => `${line}\n`);
    },
  };
}

/** What EXPLAIN gives: a drawing of several lines. */
function isPlan(columns: readonly SqlColumn[]): boolean {
  return columns.map(({ name }) => name).join() === 'explain_key,explain_value';
}
