import type { DuckDBBlobValue, DuckDBStructValue } from '@duckdb/node-api';

/** An image as DuckDB hands it over: a path, bytes, or a struct of both. */
export type ImageValue = string | DuckDBBlobValue | DuckDBStructValue | null;

/** The path or the bytes of an image; null where it has neither. */
export function imageOf(value: ImageValue): string | Uint8Array | null {
  if (value === null || typeof value === 'string') return value;
  if ('bytes' in value) return value.bytes;
  const { uri = null, data = null } = value.entries as { readonly uri?: string | null; data?: DuckDBBlobValue | null };
  return data === null ? uri : data.bytes;
}
