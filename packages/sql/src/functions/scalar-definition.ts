import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';

/** A function of one list of parameter types; several of one name are overloads. */
export interface ScalarDefinition {
  readonly name: string;
  readonly parameters: readonly DuckDBType[];
  readonly returns: DuckDBType;
  /** Fills the output for each row of the chunk, those with NULL too: DuckDB hands them over. Must not be async. */
  readonly run: (chunk: DuckDBDataChunk, output: DuckDBVector) => void;
}

/** What DuckDB is told where a function throws. */
export type FailWith = (error: unknown) => string;

/** Makes a function callable in every connection of the database; one of the same name and parameters is replaced. */
export function registerScalar(
  lib: DuckDb,
  connection: DuckDBConnection,
  { name, parameters, returns, run }: ScalarDefinition,
  failWith: FailWith = messageOf,
): void {
  const fn = lib.DuckDBScalarFunction.create({
    name,
    parameterTypes: parameters,
    returnType: returns,
    mainFunction: (info, chunk, output) => {
      try {
        run(chunk, output);
      } catch (error) {
        info.setError(failWith(error));
      }
    },
  });
  connection.registerScalarFunction(fn);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
