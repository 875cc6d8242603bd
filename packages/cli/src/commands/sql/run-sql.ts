import { resolve } from 'node:path';
import type { SparkProgress } from '@qualm/spark';
import { UsageError } from '../../terminal/exit-code.ts';
import { assertGates } from '../../output/gates.ts';
import { readText, textOf } from '../../input/read-text.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { openSqlSession } from './open-sql-session.ts';
import type { SqlSessionPlace } from './open-sql-session.ts';
import { createReportRows } from './report-rows.ts';
import { runShell } from './run-shell.ts';
import { splitSql } from './split-sql.ts';
import type { SqlMode } from './sql-mode.ts';
import { createStatementRunner } from './statement-runner.ts';
import type { RunnerSettings, StatementSession } from './statement-runner.ts';

/** What `qualm sql` was asked for. */
export interface SqlCommandOptions extends SqlSessionPlace {
  /** The address of a Spark Connect server, in place of DuckDB. */
  readonly spark?: string | undefined;
  readonly command?: string | undefined;
  /** A file of statements; - is stdin. */
  readonly file?: string | undefined;
  readonly json?: true | undefined;
  readonly ndjson?: true | undefined;
  readonly csv?: true | undefined;
  readonly raw?: true | undefined;
  readonly limit?: number | undefined;
  readonly timing?: true | undefined;
  readonly onError: 'null' | 'fail';
  readonly strict?: true | undefined;
  readonly report?: string | undefined;
  readonly cells: number;
  readonly title?: string | undefined;
  readonly force?: true | undefined;
}

/** Runs statements and prints what they give; without any, a shell.
 * @throws GateError with `strict` when an image failed.
 */
export async function runSql(options: SqlCommandOptions, terminal: Terminal): Promise<void> {
  const { spark, report, cells, title, force, strict, onError } = options;
  const { dialect = spark === undefined ? 'duckdb' : 'spark' } = options;
  const { cwd, signal } = terminal;
  const reporter = createReporter(terminal, { json: false });
  const out = report === undefined ? null : resolve(cwd, report);
  // Drawing is loaded only where something is drawn.
  const toReport = out === null ? null : await import('./sql-report.ts');
  if (out !== null) await toReport?.claimReport(out, { force });
  const text = await textToRun(options, terminal);
  const reportRows = createReportRows(cells);
  const settings: RunnerSettings = {
    ...{ mode: modeOf(options), timing: options.timing === true, dialect, onError },
    ...{ raw: options.raw === true, limit: options.limit, isTalkative: text === null },
    ...(out !== null && { onResult: reportRows.begin }),
  };
  const { counts, names } = await withSession(openSession(options, terminal, reporter, settings), async (session) => {
    const runner = createStatementRunner(session, settings, terminal, reporter);
    if (text === null) await runShell({ session, runner, settings }, terminal);
    else {
      const { statements, rest } = splitSql(text, dialect);
      for (const part of [...statements, ...(rest ? [rest] : [])]) await runner.run(part, signal);
    }
    const names = signal.aborted ? undefined : await toReport?.reportNames(session, reportRows);
    return { counts: runner.counts, names: names ?? new Map<number, string>() };
  });
  if (out !== null) await toReport?.writeSqlReport(out, reportRows, names, { title, force }, terminal, reporter);
  assertGates({ strict }, { ...counts, boxes: 0, warned: 0 });
}

async function openSession(
  options: SqlCommandOptions,
  terminal: Terminal,
  reporter: Reporter,
  settings: RunnerSettings,
): Promise<StatementSession> {
  const { spark, dialect = 'duckdb' } = options;
  if (spark === undefined) return openSqlSession({ ...options, dialect }, terminal, reporter);
  const { openSparkSession } = await import('./open-spark-session.ts');
  return openSparkSession(spark, options, terminal, ({ tasks: total, completedTasks: done }: SparkProgress) => {
    // A bar would stand between rows.
    if (settings.mode !== 'table' && terminal.stdout.isTTY) return;
    if (total > 0) reporter.progress('spark', { done, failed: 0, total, unit: 'tasks' });
  });
}

/** The statements; null where somebody types them. */
async function textToRun({ command, file }: SqlCommandOptions, { cwd, stdin }: Terminal): Promise<string | null> {
  if (command !== undefined) return command;
  if (file !== undefined && file !== '-') return readText(resolve(cwd, file));
  if (file === undefined && stdin.isTTY) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return textOf(Buffer.concat(chunks), 'stdin');
}

function modeOf({ json, ndjson, csv, raw }: SqlCommandOptions): SqlMode {
  const mode = json ? 'json' : ndjson ? 'ndjson' : csv ? 'csv' : 'table';
  if (raw && mode !== 'csv') throw new UsageError('--raw is for --csv; name both');
  return mode;
}

async function withSession<Result>(
  opening: Promise<StatementSession>,
  use: (session: StatementSession) => Promise<Result>,
): Promise<Result> {
  const session = await opening;
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
