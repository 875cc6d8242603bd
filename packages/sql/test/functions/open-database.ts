import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { loadDuckDb } from '../../src/engine/load-duckdb.ts';
import type { DuckDb } from '../../src/engine/load-duckdb.ts';
import { registerFunctions } from '../../src/functions/register-functions.ts';
import type { RegisterFunctionsOptions } from '../../src/functions/register-functions.ts';

/** DuckDB in memory with the functions of qualm. */
export interface TestDatabase {
  readonly lib: DuckDb;
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  /** The rows of a query, as plain JavaScript values. */
  rows(text: string): Promise<unknown[][]>;
  /** Its only column. */
  column(text: string): Promise<unknown[]>;
  /** The only value. */
  value(text: string): Promise<unknown>;
}

export async function openDatabase(options: RegisterFunctionsOptions = {}): Promise<TestDatabase> {
  const lib = await loadDuckDb();
  const instance = await lib.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await registerFunctions(lib, connection, options);
  const rows = async (text: string): Promise<unknown[][]> =>
    ((await connection.runAndReadAll(text)).getRowsJS() as unknown[][]).map((row) => row.map(withoutBuffers));
  const column = async (text: string): Promise<unknown[]> => (await rows(text)).map(([value]) => value);
  return { lib, instance, connection, rows, column, value: async (text) => (await column(text))[0] };
}

/** Bytes come as Buffers, which are equal to no Uint8Array. */
function withoutBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutBuffers(one)]));
}
