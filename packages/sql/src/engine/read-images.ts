import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import type { DuckDb } from './load-duckdb.ts';

/** The images of a column of a chunk: a path or URI, the bytes of a file, a struct of both, or null.
 * @throws QualmError `query-invalid` for a column of another type. */
export function imagesOf(
  lib: DuckDb,
  chunk: DuckDBDataChunk,
  column: number,
  where: string,
): readonly (string | Uint8Array | null)[] {
  const vector = chunk.getColumnVector(column);
  const type = vector.type as DuckDBType;
  const convert = lib.JSDuckDBValueConverter;
  const { VARCHAR, BLOB, STRUCT, SQLNULL } = lib.DuckDBTypeId;
  if (![VARCHAR, BLOB, STRUCT, SQLNULL].includes(type.typeId) || (type.typeId === STRUCT && !isImage(type)))
    throw new QualmError(
      'query-invalid',
      `${where}: the image is ${String(type)}; expected a path (VARCHAR), bytes (BLOB) or an image (STRUCT(uri VARCHAR, data BLOB))`,
    );
  return Array.from({ length: chunk.rowCount }, (_, row) => {
    const value = convert(vector.getItem(row), type, convert) as string | Uint8Array | ImageStruct | null;
    return value === null || typeof value === 'string' || value instanceof Uint8Array ? value : imageOf(value);
  });
}

interface ImageStruct {
  readonly uri?: string | null;
  readonly data?: Uint8Array | null;
}

function imageOf({ uri, data }: ImageStruct): string | Uint8Array | null {
  return data ?? uri ?? null;
}

function isImage(type: DuckDBType): boolean {
  const { entryNames } = type as DuckDBType & { readonly entryNames: readonly string[] };
  return entryNames.includes('uri') || entryNames.includes('data');
}
