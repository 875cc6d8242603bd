import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDb } from '../engine/load-duckdb.ts';
import { isNull, readNulls } from './nulls.ts';

/** 1 for each row of a chunk where one of the columns is NULL, or where `before` has 1 already. */
export function nullRows(
  lib: DuckDb,
  chunk: DuckDBDataChunk,
  columns: readonly number[],
  before: Uint8Array = new Uint8Array(chunk.rowCount),
): Uint8Array {
  const nulls = before.slice();
  for (const column of columns) {
    const bits = readNulls(lib, lib.bindings.data_chunk_get_vector(chunk.chunk, column), nulls.length);
    if (bits === null) continue;
    for (let row = 0; row < nulls.length; row++) if (isNull(bits, row)) nulls[row] = 1;
  }
  return nulls;
}
