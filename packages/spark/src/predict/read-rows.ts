import type { SqlValue } from '@qualm/sql';
import type { SparkSession, SparkSqlOptions } from '../connect/spark-session.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** The rows of a query whose rows are few. */
export async function readRows(
  session: SparkSession,
  text: string,
  options: SparkSqlOptions = {},
): Promise<readonly Row[]> {
  return (await session.sql(text, options)).rows();
}

/** The whole numbers of the one row of a query of counts. */
export async function readCounts<Name extends string>(
  session: SparkSession,
  text: string,
  names: readonly Name[],
  options: SparkSqlOptions = {},
): Promise<Readonly<Record<Name, number>>> {
  const [row = {}] = await readRows(session, text, options);
  return Object.fromEntries(names.map((name) => [name, Number(row[name] ?? 0)])) as Record<Name, number>;
}

/** The texts in a column, in quotes, and how many more there are.
 * @example someOf([{ id: 'a' }], 'id', 3) // '"a" and 2 more'
 */
export function someOf(rows: readonly Row[], column: string, count: number): string {
  const shown = rows.map((row) => JSON.stringify(row[column] ?? null)).join(', ');
  const rest = count - rows.length;
  return rest > 0 && rows.length > 0 ? `${shown} and ${rest} more` : shown;
}
