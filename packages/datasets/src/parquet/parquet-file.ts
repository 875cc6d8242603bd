import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import { foreignFile, foreignFileBytes, QualmError } from '@qualm/types';
import { assertColumnNames } from './assert-column-names.ts';
import { decompressors } from './decompressors.ts';

/** A Parquet file whose footer was read. */
export interface ParquetFile {
  readonly path: string;
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly compressors: Compressors;
}

/** Opens a file and reads its footer.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it is not Parquet.
 */
export async function openParquetFile(path: string): Promise<ParquetFile> {
  const buffer = await asyncBufferFromFile(path).catch((cause: Error) => {
    throw new QualmError('io', `read: "${path}" failed (${cause.message}); check the path`, { cause });
  });
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const schema = parquetSchema(metadata);
    assertColumnNames(schema);
    return { path, buffer, metadata, schema, compressors: await decompressors(metadata) };
  } catch (cause) {
    const foreign = foreignFile(new Uint8Array(await buffer.slice(0, Math.min(buffer.byteLength, foreignFileBytes))));
    if (!foreign || foreign.kind === 'parquet') throw notParquet(path, cause);
    throw notParquet(path, new Error(`it is ${foreign.what}; ${foreign.advice}`, { cause }));
  }
}

export function notParquet(path: string, cause: unknown): QualmError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new QualmError('dataset-invalid', `read: "${path}" is not a readable Parquet file (${reason})`, { cause });
}

/** The value that a file's footer holds under a key. */
export function fileMetadata({ metadata }: ParquetFile, key: string): string | undefined {
  return metadata.key_value_metadata?.find((entry) => entry.key === key)?.value;
}
