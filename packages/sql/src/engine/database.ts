import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import type { DuckDb } from './load-duckdb.ts';

export interface Database {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/** Opens DuckDB's file, or a database in memory.
 * @throws QualmError `io` for a file that is locked, of a newer version, or none. */
export async function openDatabase(lib: DuckDb, path: string, readOnly: boolean): Promise<Database> {
  try {
    const instance = await lib.DuckDBInstance.create(path, readOnly ? { access_mode: 'READ_ONLY' } : {});
    const connection = await instance.connect();
    await connection.run('SET errors_as_json = true');
    return { instance, connection };
  } catch (cause) {
    throw new QualmError('io', `sql: the database "${path}" cannot be opened: ${adviceOf(cause)}`, { cause });
  }
}

function adviceOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/lock/i.test(message))
    return `another program has it open (${message}); close that, or open it read-only there and here`;
  if (/newer version|storage version|Serialization/i.test(message))
    return `${message}; install a newer @duckdb/node-api`;
  return message;
}
