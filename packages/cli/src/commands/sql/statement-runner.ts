import type { SqlColumn, SqlDialect, SqlProgress, SqlResult, SqlSession } from '@qualm/sql';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeData } from '../../output/write-data.ts';
import { closingLines } from './closing-lines.ts';
import { printResult } from './print-result.ts';
import type { PrintedResult } from './print-result.ts';
import { queryPlace } from './query-place.ts';
import type { SqlRow } from './row-writers.ts';
import type { SqlPart } from './split-sql.ts';
import { tableRows } from './sql-mode.ts';
import type { SqlMode } from './sql-mode.ts';

/** What a statement is run and printed with; a shell changes it as it goes. */
export interface RunnerSettings {
  mode: SqlMode;
  timing: boolean;
  dialect: SqlDialect;
  readonly onError: 'null' | 'fail';
  readonly raw: boolean;
  /** Rows to print; undefined for all, of a table a hundred. */
  readonly limit: number | undefined;
  /** Says after each statement what it did. */
  readonly isTalkative: boolean;
  /** Is given the columns of each result, and gives a function that takes its rows. */
  readonly onResult?: (columns: readonly SqlColumn[]) => ((rows: readonly SqlRow[]) => void) | undefined;
}

/** Runs statements, prints what they give, and counts images. */
export interface StatementRunner {
  /** @throws QualmError of the session, with the line that is wrong. */
  run(part: SqlPart, signal: AbortSignal): Promise<void>;
  readonly counts: { readonly images: number; readonly failed: number };
}

/** Where statements run: DuckDB with qualm in it, or Spark. */
export interface StatementSession extends Pick<SqlSession, 'names' | 'close'> {
  sql(...args: Parameters<SqlSession['sql']>): Promise<StatementResult>;
}

/** What a statement gives, as far as it is printed. */
type StatementResult = Omit<SqlResult, 'toArrow'>;

export function createStatementRunner(
  session: Pick<StatementSession, 'sql'>,
  settings: RunnerSettings,
  terminal: Terminal,
  reporter: Reporter,
): StatementRunner {
  const counts = { images: 0, failed: 0 };
  let isFirst = true;
  const print = async (result: StatementResult): Promise<PrintedResult | null> => {
    if (result.columns.length === 0) return readOn(result);
    const { mode, raw, isTalkative, onResult } = settings;
    if (!isFirst && !isTalkative) await writeData(terminal.stdout, gaps[mode]);
    isFirst = false;
    const limit = settings.limit ?? (mode === 'table' ? tableRows : Infinity);
    const onRows = onResult?.(result.columns);
    const onRead = (): void => endProgress(result.progress, reporter);
    return printResult(result, { mode, raw, limit, onRead, ...(onRows && { onRows }) }, terminal);
  };
  /** A bar would stand between rows. */
  const isQuiet = (): boolean => settings.mode !== 'table' && terminal.stdout.isTTY === true;
  return {
    counts,
    async run(part, signal) {
      const text = inItsPlace(part);
      const began = performance.now();
      try {
        const onProgress = (progress: SqlProgress): void => {
          if (!isQuiet()) showProgress(progress, reporter);
        };
        const { onError, dialect } = settings;
        const result = await session.sql(text, undefined, { signal, onError, dialect, onProgress });
        const printed = await print(result);
        const { changed, progress, warnings } = result;
        if (!printed) endProgress(progress, reporter);
        counts.images += progress.predicted + progress.failed + progress.cached;
        counts.failed += progress.failed;
        for (const warning of warnings) reporter.warn(warning);
        const seconds = (performance.now() - began) / 1000;
        for (const line of closingLines({ printed, changed, progress, seconds }, settings)) reporter.note(line);
      } catch (error) {
        reporter.settle();
        throw queryPlace(error, text);
      }
    },
  };
}

/** What stands between two results. */
const gaps: Readonly<Record<SqlMode, string>> = { table: '\n', csv: '\r\n', json: '', ndjson: '' };

/** Line and column of an error are those of the whole text. */
function inItsPlace({ text, line, column }: SqlPart): string {
  return `${'\n'.repeat(line)}${' '.repeat(column)}${text}`;
}

async function readOn(result: StatementResult): Promise<null> {
  for await (const batch of result) void batch;
  return null;
}

function showProgress({ predicted, cached, failed, total }: SqlProgress, reporter: Reporter): void {
  const done = predicted + failed;
  reporter.progress('predict', { done, failed, total: total === null ? null : Math.max(done, total - cached) });
}

function endProgress({ predicted, failed }: SqlProgress, reporter: Reporter): void {
  const done = predicted + failed;
  if (done > 0) reporter.progress('predict', { done, failed, total: done });
  reporter.settle();
}
