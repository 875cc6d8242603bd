import type { SparkProgress, SparkResult, SparkSession } from '@qualm/spark';
import type { SqlProgress, SqlResult } from '@qualm/sql';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { SqlSessionPlace } from './open-sql-session.ts';
import { duckdbType } from './spark-types.ts';
import type { StatementSession } from './statement-runner.ts';

/** A session on Spark in place of DuckDB's: statements run there as they are written.
 * @param onTasks is told how far Spark is with the tasks of a statement.
 * @throws UsageError for options that are DuckDB's; QualmError as `connect` does.
 */
export async function openSparkSession(
  address: string,
  { database, readonly, dialect, model, function: functions, cache }: SqlSessionPlace,
  { env, signal }: Pick<Terminal, 'env' | 'signal'>,
  onTasks: (progress: SparkProgress) => void,
): Promise<StatementSession> {
  const ofDuckDb = { 'a database': database, '--readonly': readonly, '--model': model, '--function': functions };
  for (const [name, value] of Object.entries({ ...ofDuckDb, '--cache': cache }))
    if (value !== undefined) throw new UsageError(`--spark: ${name} is for sessions of DuckDB; leave it out`);
  if (dialect === 'duckdb') throw new UsageError('--spark: statements are in the dialect spark; leave --dialect out');
  const { connect } = await import('@qualm/spark');
  // As Spark's own clients do, so that no command line holds a secret.
  const token = env['SPARK_CONNECT_AUTHENTICATE_TOKEN'];
  const session = await connect(address, { signal, ...(token && { token }) });
  return {
    sql: async (text, _, { signal } = {}) =>
      resultOf(await session.sql(text, { onProgress: onTasks, ...(signal && { signal }) })),
    names: () => names(session),
    close: () => session.close(),
  };
}

const noImages: SqlProgress = { predicted: 0, cached: 0, failed: 0, total: null };

function resultOf(result: SparkResult): Omit<SqlResult, 'toArrow'> {
  const columns = result.columns.map(({ name, type }) => ({ name, type: duckdbType(type) }));
  return {
    ...{ columns, changed: null, warnings: [], progress: noImages },
    rows: () => result.rows(),
    toTable: () => result.toTable(),
    [Symbol.asyncIterator]: () => result[Symbol.asyncIterator](),
  };
}

async function names(session: SparkSession): ReturnType<StatementSession['names']> {
  const rows = await (await session.sql('SHOW TABLES')).rows();
  return { tables: rows.map(({ tableName }) => String(tableName)), columns: [], models: [], functions: [] };
}
