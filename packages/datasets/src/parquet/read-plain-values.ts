import type { ColumnChunk } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { readBytes } from './parquet-file.ts';
import type { ParquetFile } from './parquet-file.ts';
import { readIndexes } from './read-indexes.ts';

type PageHeader = ReturnType<typeof parquetHeader>;
type Values = Float32Array | Int32Array;

/** The values of a column of float32 or int32 that are there, without the levels that say where. Levels of long lists are most of what
 * a reader decodes, and say nothing where all lists have one length.
 * @returns null where pages are not as qualm writes them: one of version 2, not compressed, plain or by a dictionary.
 */
export async function readPlainValues(file: ParquetFile, { meta_data: meta }: ColumnChunk): Promise<Values | null> {
  if (!meta || meta.codec !== 'UNCOMPRESSED' || (meta.type !== 'FLOAT' && meta.type !== 'INT32')) return null;
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const bytes = await readBytes(file, start, start + Number(meta.total_compressed_size));
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let dictionary: Values | null = null;
  let values: Values | null = null;
  while (reader.offset < bytes.length) {
    const header = parquetHeader(reader);
    const page = bytes.subarray(reader.offset, reader.offset + header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.dictionary_page_header) {
      dictionary = plain(page, meta.type, header.dictionary_page_header.num_values);
    } else {
      if (values) return null;
      values = pageValues(page, header, meta.type, dictionary);
      if (!values) return null;
    }
  }
  return values;
}

function pageValues(
  page: Uint8Array,
  { data_page_header_v2: header }: PageHeader,
  type: 'FLOAT' | 'INT32',
  dictionary: Values | null,
): Values | null {
  if (!header) return null;
  const content = page.subarray(header.repetition_levels_byte_length + header.definition_levels_byte_length);
  const length = header.num_values - header.num_nulls;
  if (header.encoding === 'PLAIN') return content.length === 4 * length ? plain(content, type, length) : null;
  if (header.encoding !== 'RLE_DICTIONARY' || !dictionary) return null;
  const values = dictionary instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
  readIndexes(content.subarray(1), content[0]!, values);
  for (let at = 0; at < length; at++) {
    const index = values[at]!;
    if (index >= dictionary.length) throw new RangeError(`value ${index} of a dictionary of ${dictionary.length}`);
    values[at] = dictionary[index]!;
  }
  return values;
}

/** A view where the bytes lie on a whole number of values, else a copy. */
function plain(bytes: Uint8Array, type: 'FLOAT' | 'INT32', length: number): Values {
  const Storage = type === 'FLOAT' ? Float32Array : Int32Array;
  const { buffer, byteOffset } = byteOffsetOf(bytes);
  return new Storage(buffer, byteOffset, length);
}

function byteOffsetOf(bytes: Uint8Array): { readonly buffer: ArrayBuffer; readonly byteOffset: number } {
  const own = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return { buffer: own.buffer as ArrayBuffer, byteOffset: own.byteOffset };
}
