import type { SqlColumn } from '@qualm/sql';
import { reportColumns } from './report-columns.ts';
import type { SqlRow } from './row-writers.ts';

/** Keeps the rows of the last result that has images. */
export interface ReportRows {
  /** Begins a result; undefined for one that has no images. */
  readonly begin: (columns: readonly SqlColumn[]) => ((rows: readonly SqlRow[]) => void) | undefined;
  kept(): { readonly columns: readonly SqlColumn[]; readonly rows: readonly SqlRow[]; readonly count: number } | null;
}

/** @param limit as many rows are kept, the first ones. */
export function createReportRows(limit: number): ReportRows {
  let kept: { columns: readonly SqlColumn[]; rows: SqlRow[]; count: number } | null = null;
  return {
    kept: () => kept,
    begin(columns) {
      if (!reportColumns(columns)) return undefined;
      const own = { columns, rows: [] as SqlRow[], count: 0 };
      kept = own;
      return (rows) => {
        own.count += rows.length;
        own.rows.push(...rows.slice(0, limit - own.rows.length));
      };
    },
  };
}
