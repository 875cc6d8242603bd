import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { foreignFile, foreignFileBytes, QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import type { Arena } from './arena.ts';
import { assertColumnNames } from './assert-column-names.ts';
import { decompressors } from './decompressors.ts';

/** A Parquet file whose footer was read. */
export interface ParquetFile {
  readonly path: string;
  readonly buffer: AsyncBuffer;
  /** All of it, where it was read before. */
  readonly bytes: Uint8Array | null;
  /** Where columns of it are copied to that cannot be read where they lie; null for memory of their
   * own.
   */
  readonly arena: Arena | null;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly compressors: Compressors;
}

/** The end of a file that is read for its footer, and again as much as is missing: a hundred labels
 * take some ten thousand bytes.
 */
const footerBytes = 2 ** 16;

/** Opens a file and reads its footer.
 * @param bytes the file's content, where it was read before.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it is not Parquet.
 */
export async function openParquetFile(
  path: string,
  bytes: Uint8Array | null = null,
  arena: Arena | null = null,
): Promise<ParquetFile> {
  const buffer = bytes ? memoryBuffer(bytes) : await fileBuffer(path);
  if (buffer.byteLength === 0) throw notParquet(path, new Error('it is empty'));
  try {
    const metadata = await parquetMetadataAsync(buffer, { initialFetchSize: footerBytes });
    const schema = parquetSchema(metadata);
    assertColumnNames(schema);
    return { path, buffer, bytes, arena, metadata, schema, compressors: await decompressors(metadata) };
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw await ioError('read', path, cause);
    const foreign = foreignFile(new Uint8Array(await buffer.slice(0, Math.min(buffer.byteLength, foreignFileBytes))));
    if (!foreign || foreign.kind === 'parquet') throw notParquet(path, cause);
    throw notParquet(path, new Error(`it is ${foreign.what}; ${foreign.advice}`, { cause }));
  }
}

/** Bytes of the file, not copied where they are in memory. */
export async function readBytes({ buffer, bytes }: ParquetFile, start: number, end: number): Promise<Uint8Array> {
  return bytes ? bytes.subarray(start, end) : new Uint8Array(await buffer.slice(start, end));
}

function fileBuffer(path: string): Promise<AsyncBuffer> {
  return asyncBufferFromFile(path).catch(async (cause: unknown) => {
    throw await ioError('read', path, cause);
  });
}

function memoryBuffer(bytes: Uint8Array): AsyncBuffer {
  return {
    byteLength: bytes.byteLength,
    // Of a Buffer, `slice` would be a view.
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
}

export function notParquet(path: string, cause: unknown): QualmError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new QualmError('dataset-invalid', `read: "${path}" is not a readable Parquet file (${reason})`, { cause });
}

/** The value that a file's footer holds under a key. */
export function fileMetadata({ metadata }: ParquetFile, key: string): string | undefined {
  return metadata.key_value_metadata?.find((entry) => entry.key === key)?.value;
}
