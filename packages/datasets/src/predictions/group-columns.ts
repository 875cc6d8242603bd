import { QualmError } from '@qualm/types';
import type { ColumnChunk, RowGroup, SchemaTree } from 'hyparquet';
import { notParquet } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { plainValues } from '../parquet/plain-values.ts';
import type { PlainValues } from '../parquet/plain-values.ts';
import { decodeLeaf, readChunk } from '../parquet/read-leaf.ts';
import type { LeafPage } from '../parquet/read-leaf.ts';

/** The physical columns of a row group, whose bytes are in memory and are decoded when a column is
 * asked for.
 */
export interface GroupColumns {
  readonly file: ParquetFile;
  readonly schema: SchemaTree;
  readonly rows: number;
  /** @throws QualmError `dataset-invalid` when there is no such column, or it cannot be decoded. */
  pages(path: readonly string[]): LeafPage[];
  /** The numbers of a column, null where only its pages say which they are.
   * @throws as `pages`. */
  plain(path: readonly string[]): PlainValues | null;
}

/** Reads what of a row group is not in memory yet.
 * @param field the one column of the file that is read; all of them where it is absent.
 */
export async function openGroup(
  file: ParquetFile,
  { columns, num_rows }: RowGroup,
  field?: string,
): Promise<GroupColumns> {
  const chunks = new Map<string, { readonly chunk: ColumnChunk; readonly bytes: Uint8Array }>();
  for (const chunk of columns) {
    const { path_in_schema: path } = chunk.meta_data ?? {};
    if (path && (field === undefined || path[0] === field))
      chunks.set(path.join('.'), { chunk, bytes: await readChunk(file, chunk) });
  }
  const decode = <T>(path: readonly string[], make: (chunk: ColumnChunk, bytes: Uint8Array) => T): T => {
    const found = chunks.get(path.join('.'));
    if (!found) throw invalid(file, `it has no column ${path.join('.')}`);
    try {
      return make(found.chunk, found.bytes);
    } catch (cause) {
      throw notParquet(file.path, cause);
    }
  };
  return {
    ...{ file, schema: file.schema, rows: Number(num_rows) },
    pages: (path) => decode(path, (chunk, bytes) => decodeLeaf(file, chunk, bytes)),
    plain: (path) => decode(path, ({ meta_data }, bytes) => plainValues(meta_data!, bytes, file.arena)),
  };
}

export function invalid({ path }: ParquetFile, why: string): QualmError {
  return new QualmError(
    'dataset-invalid',
    `readPredictions: "${path}": ${why}; give a folder that createParquetSink wrote`,
  );
}
