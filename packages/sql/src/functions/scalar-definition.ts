import type { DuckDBConnection, DuckDBDataChunk, DuckDBScalarFunction } from '@duckdb/node-api';
import type { DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import type { DuckDb } from '../engine/load-duckdb.ts';

/** A function of one list of parameter types; several of one name are overloads. */
export interface ScalarDefinition {
  readonly name: string;
  readonly parameters: readonly DuckDBType[];
  readonly returns: DuckDBType;
  /** Whether each call counts, so that DuckDB neither runs it while it plans nor takes two for one.
   */
  readonly isVolatile?: boolean;
  /** Fills the output for each row of the chunk, those with NULL too: DuckDB hands them over. Must
   * not be async.
   */
  readonly run: (chunk: DuckDBDataChunk, output: DuckDBVector) => void;
}

/** What DuckDB is told where a function throws. */
export type FailWith = (error: unknown) => string;

/** Makes a function callable in every connection of the database; one of the same name and
 * parameters is replaced.
 * @throws QualmError `query-invalid` for a name that DuckDB has for an aggregate. */
export function registerScalar(
  lib: DuckDb,
  connection: DuckDBConnection,
  { name, parameters, returns, isVolatile = false, run }: ScalarDefinition,
  failWith: FailWith = messageOf,
): void {
  const fn = lib.DuckDBScalarFunction.create({
    name,
    parameterTypes: parameters,
    returnType: returns,
    volatile: isVolatile,
    mainFunction: (info, chunk, output) => {
      try {
        run(chunk, output);
      } catch (error) {
        info.setError(failWith(error));
      }
    },
  });
  registerNamed(connection, name, fn);
}

/** @throws QualmError `query-invalid` for a name that DuckDB has for something else than a function
 * of a row.
 */
export function registerNamed(connection: DuckDBConnection, name: string, fn: DuckDBScalarFunction): void {
  try {
    connection.registerScalarFunction(fn);
  } catch (cause) {
    throw new QualmError(
      'query-invalid',
      `function "${name}": DuckDB rejects it; it may have an aggregate of that name, such as sum: choose another name`,
      { cause },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
