import type { DuckDBConnection, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import { createScoreFunction } from '../functions/create-score-function.ts';
import type { ScoreRows } from '../functions/create-score-function.ts';
import { registerNamed, registerScalar } from '../functions/scalar-definition.ts';
import type { FunctionRequest } from '../protocol.ts';
import type { HostCalls } from './host-calls.ts';
import type { DuckDb } from './load-duckdb.ts';
import type { Predictor } from './predictor.ts';

/** Makes a function of the caller's callable: a chunk at a time goes to the caller's thread and
 * comes back.
 */
export async function registerUserFunction(
  lib: DuckDb,
  connection: DuckDBConnection,
  { name, ask, parameters, returns }: FunctionRequest,
  calls: HostCalls,
  predictor: Predictor,
): Promise<void> {
  if (ask === 'score') {
    registerStrategy(lib, connection, name, calls, predictor);
    return;
  }
  const types = await Promise.all(parameters.map((type) => typeNamed(connection, type, name)));
  const returnType = await typeNamed(connection, returns, name);
  const convert = lib.JSDuckDBValueConverter;
  const store = lib.JSToDuckDBValueConverter;
  const fn = lib.DuckDBScalarFunction.create({
    ...{ name, returnType, parameterTypes: types, specialHandling: true, volatile: true },
    mainFunction: (info, chunk, output) => {
      try {
        calls.assertNotCancelled();
        const columns = types.map((type, column) => {
          const vector = chunk.getColumnVector(column);
          return Array.from({ length: chunk.rowCount }, (_, row) =>
            smallest(convert(vector.getItem(row), type, convert)),
          );
        });
        calls.call('call', { name, columns }).forEach((value, row) => {
          storeItem(output, row, value, { name, returns, returnType, store });
        });
        output.flush();
      } catch (error) {
        info.setError(predictor.failWith(error));
      }
    },
  });
  registerNamed(connection, name, fn);
}

function registerStrategy(
  lib: DuckDb,
  connection: DuckDBConnection,
  name: string,
  calls: HostCalls,
  predictor: Predictor,
): void {
  const score: ScoreRows = (scores, offsets) => {
    calls.assertNotCancelled();
    return calls.call('score', { name, scores, offsets }, [scores.buffer as ArrayBuffer]);
  };
  const failWith = (error: unknown): string => predictor.failWith(error);
  for (const fn of createScoreFunction(lib, name, score)) registerScalar(lib, connection, fn, failWith);
}

interface StoredType {
  readonly name: string;
  readonly returns: string;
  readonly returnType: DuckDBType;
  readonly store: DuckDb['JSToDuckDBValueConverter'];
}

/** What converts a value and what stores it both refuse some that are of another type. */
function storeItem(
  output: DuckDBVector,
  row: number,
  value: unknown,
  { name, returns, returnType, store }: StoredType,
): void {
  try {
    output.setItem(row, store(value as never, returnType, store));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('query-failed', `${name}: its result is not of the type ${returns}: ${reason}`, { cause });
  }
}

/** Integers as numbers where a number holds them. */
function smallest(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The type that DuckDB knows under a name; a name that holds more than a type is refused. */
async function typeNamed(connection: DuckDBConnection, type: string, name: string): Promise<DuckDBType> {
  if (!/^[\w\s"(),[\]]+$/.test(type))
    throw new QualmError('query-invalid', `function "${name}": "${type}" is not a type; expected one such as FLOAT[]`);
  try {
    return (await connection.run(`SELECT CAST(NULL AS ${type})`)).columnType(0);
  } catch (cause) {
    throw new QualmError(
      'query-invalid',
      `function "${name}": DuckDB has no type "${type}"; expected one such as FLOAT[]`,
      {
        cause,
      },
    );
  }
}
