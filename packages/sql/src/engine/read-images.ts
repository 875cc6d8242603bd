import type { DuckDBDataChunk, DuckDBStructType, DuckDBType } from '@duckdb/node-api';
import { QualmError } from '@qualm/types';
import type { DuckDb } from './load-duckdb.ts';

/** The images of a column of a chunk: a path or URI, the bytes of a file, a struct of both, or
 * null.
 * @throws QualmError `query-invalid` for a column of another type. */
export function imagesOf(
  lib: DuckDb,
  chunk: DuckDBDataChunk,
  column: number,
  where: string,
): readonly (string | Uint8Array | null)[] {
  if (isBareNull(lib, chunk, column)) return Array.from({ length: chunk.rowCount }, () => null);
  const vector = chunk.getColumnVector(column);
  const type = vector.type as DuckDBType;
  const convert = lib.JSDuckDBValueConverter;
  const { VARCHAR, BLOB, STRUCT } = lib.DuckDBTypeId;
  if (![VARCHAR, BLOB, STRUCT].includes(type.typeId) || (type.typeId === STRUCT && !isImage(lib, type)))
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

function isImage({ DuckDBTypeId: { VARCHAR, BLOB } }: DuckDb, type: DuckDBType): boolean {
  const { entryNames, entryTypes } = type as DuckDBType & Pick<DuckDBStructType, 'entryNames' | 'entryTypes'>;
  const has = (name: string, id: number): boolean | null => {
    const found = entryTypes[entryNames.indexOf(name)];
    return found ? found.typeId === id : null;
  };
  const parts = [has('uri', VARCHAR), has('data', BLOB)];
  return parts.includes(true) && !parts.includes(false);
}

/** Whether a column is a bare NULL, whose vector the package cannot read. */
function isBareNull({ bindings, DuckDBTypeId }: DuckDb, chunk: DuckDBDataChunk, column: number): boolean {
  const vector = bindings.data_chunk_get_vector(chunk.chunk, column);
  return Number(bindings.get_type_id(bindings.vector_get_column_type(vector))) === Number(DuckDBTypeId.SQLNULL);
}
