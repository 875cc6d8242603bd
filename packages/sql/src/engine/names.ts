import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlNames } from '../sql-session.ts';
import type { ModelTable } from './model-table.ts';

/** Names that a statement can hold now. */
export async function readNames(connection: DuckDBConnection, models: ModelTable): Promise<SqlNames> {
  const list = async (query: string): Promise<readonly string[]> =>
    (await connection.runAndReadAll(query)).getRows().map(([name]) => String(name));
  return {
    tables: await list('SELECT DISTINCT table_name FROM information_schema.tables ORDER BY 1'),
    columns: await list('SELECT DISTINCT column_name FROM information_schema.columns ORDER BY 1'),
    models: models.names(),
    functions: await list(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_full_match(function_name, '[a-z]\\w*') ORDER BY 1",
    ),
  };
}
