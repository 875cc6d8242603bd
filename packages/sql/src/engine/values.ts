import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import type { DuckDb } from './load-duckdb.ts';

/** A parameter as DuckDB takes it.
 * @throws QualmError `query-invalid` for what SQL has no value for. */
export function toDuckDbValue(lib: DuckDb, value: unknown, where: string): DuckDBValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Date) return lib.timestampValue(BigInt(value.getTime()) * 1000n);
  if (value instanceof Uint8Array) return lib.blobValue(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return lib.listValue(Array.from(value as ArrayLike<unknown>, (item) => toDuckDbValue(lib, item, where)));
  if (typeof value === 'object')
    return lib.structValue(
      Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toDuckDbValue(lib, item, where)])),
    );
  throw new QualmError('query-invalid', `sql: ${where} is ${typeof value}; expected a value that SQL has`);
}

/** The type of a parameter, where DuckDB would take that of the first item of a list for all of it.
 */
export function typeOfParameter({ LIST, DOUBLE, FLOAT }: DuckDb, value: unknown): DuckDBType | undefined {
  if (value instanceof Float32Array) return LIST(FLOAT);
  if (value instanceof Float64Array) return LIST(DOUBLE);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number' || item === null)) return undefined;
  return value.some((item) => item !== null && !Number.isInteger(item)) ? LIST(DOUBLE) : undefined;
}
