import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { DuckDb } from './load-duckdb.ts';
import type { ThreadLimit } from './thread-limit.ts';
import { toDuckDbValue, typeOfParameter } from './values.ts';

/** Where a text of DuckDB's runs. */
export interface TextTarget {
  readonly lib: DuckDb;
  readonly connection: DuckDBConnection;
  readonly threads: ThreadLimit;
}

/** Starts a text; of one that DuckDB takes apart, as it does PIVOT, what comes before the last is
 * run.
 * @param parameters by place or by name.
 * @returns rows of the last that are made as they are read. */
export async function startText(
  { lib, connection, threads }: TextTarget,
  text: string,
  parameters: unknown,
): Promise<DuckDBResult> {
  const statements = await connection.extractStatements(text);
  const prepare = async (at: number): Promise<DuckDBPreparedStatement> => {
    const prepared = await statements.prepare(at);
    await threads.apply();
    return prepared;
  };
  for (let at = 0; at < statements.count - 1; at++) {
    const prepared = await prepare(at);
    await prepared.run().finally(() => {
      prepared.destroySync();
    });
  }
  const last = await prepare(statements.count - 1);
  try {
    bindAll(lib, last, parameters);
    // Types of parameters may bind the functions again.
    await threads.apply();
    return await last.stream();
  } finally {
    last.destroySync();
  }
}

function bindAll(lib: DuckDb, prepared: DuckDBPreparedStatement, parameters: unknown): void {
  if (parameters === undefined) return;
  if (Array.isArray(parameters)) {
    prepared.bind(
      parameters.map((value, at) => toDuckDbValue(lib, value, `parameter ${at + 1}`)),
      parameters.map((value) => typeOfParameter(lib, value)) as DuckDBType[],
    );
    return;
  }
  const entries = Object.entries(parameters as object) as [string, unknown][];
  prepared.bind(
    Object.fromEntries(entries.map(([name, value]) => [name, toDuckDbValue(lib, value, `parameter "${name}"`)])),
    Object.fromEntries(entries.map(([name, value]) => [name, typeOfParameter(lib, value)])),
  );
}
