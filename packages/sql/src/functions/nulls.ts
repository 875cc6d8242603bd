import type duckdb from '@duckdb/node-bindings';
import type { DuckDb } from '../engine/load-duckdb.ts';

/** The bits of a vector's first values, 0 where one is NULL; null where DuckDB says that none is.
 */
export function readNulls({ bindings }: DuckDb, vector: duckdb.Vector, length: number): Uint32Array | null {
  if (length === 0) return null;
  const bytes = bindings.vector_get_validity(vector, 8 * Math.ceil(length / 64)) as Uint8Array | null;
  return bytes && new Uint32Array(bytes.buffer, bytes.byteOffset, Math.ceil(length / 32));
}

/** Whether a value is NULL. */
export function isNull(bits: Uint32Array | null, at: number): boolean {
  return bits !== null && ((bits[at >>> 5]! >>> (at & 31)) & 1) === 0;
}

/** Whether any value from there to there is NULL. */
export function hasNull(bits: Uint32Array | null, from: number, to: number): boolean {
  if (bits === null) return false;
  for (let at = from; at < to; at++) {
    if ((at & 31) === 0 && at + 32 <= to && bits[at >>> 5] === 0xffffffff) at += 31;
    else if (isNull(bits, at)) return true;
  }
  return false;
}
