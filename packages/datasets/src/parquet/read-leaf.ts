import type { ColumnChunk, ColumnMetaData, DecodedArray, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { convert, convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath } from 'hyparquet/src/schema.js';
import { readBytes } from './parquet-file.ts';
import type { ParquetFile } from './parquet-file.ts';
import { plainValues } from './plain-values.ts';
import type { PlainValues } from './plain-values.ts';
import { findRuns, readRuns } from './read-indexes.ts';

/** One page of a physical column: present values, and levels by slot (empty where all are at their
 * maximum).
 */
export interface LeafPage {
  readonly values: DecodedArray;
  readonly definitionLevels: ArrayLike<number>;
  readonly repetitionLevels: ArrayLike<number>;
}

type ColumnDecoder = Parameters<typeof readDataPageV2>[2];
type PageHeader = ReturnType<typeof parquetHeader>;

/** The bytes of one column of one row group, not copied where the file is in memory. */
export function readChunk(file: ParquetFile, { meta_data: meta }: ColumnChunk): Promise<Uint8Array> {
  return readBytes(file, ...chunkRange(meta!));
}

/** Where the bytes of a column lie in its file. */
export function chunkRange(meta: ColumnMetaData): readonly [start: number, end: number] {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  return [start, start + Number(meta.total_compressed_size)];
}

/** Decodes one column of one row group page by page, as flat arrays: no object is made for a value.
 */
export function decodeLeaf(
  { schema, compressors }: Pick<ParquetFile, 'schema' | 'compressors'>,
  { meta_data }: ColumnChunk,
  bytes: Uint8Array,
): LeafPage[] {
  const meta = meta_data!;
  const schemaPath = getTreePath(schema, meta.path_in_schema);
  const plain = plainValues(meta, bytes);
  if (plain) return [plainPage(plain, schemaPath)];
  const decoder: ColumnDecoder = {
    pathInSchema: meta.path_in_schema,
    element: schemaPath.at(-1)!.element,
    schemaPath,
    type: meta.type,
    codec: meta.codec,
    parsers: DEFAULT_PARSERS,
    compressors,
  };
  return readPages(new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength), decoder);
}

/** The page of plain numbers, without a list of them in between. */
function plainPage({ all, levels }: PlainValues, schemaPath: SchemaTree[]): LeafPage {
  const { slots, repetition, definition } = levels;
  return {
    values: all(),
    definitionLevels: readLevels(definition, getMaxDefinitionLevel(schemaPath), slots),
    repetitionLevels: readLevels(repetition, getMaxRepetitionLevel(schemaPath), slots),
  };
}

function readLevels(bytes: Uint8Array, most: number, slots: number): Int32Array {
  const levels = new Int32Array(most === 0 ? 0 : slots);
  readRuns(findRuns(bytes, 32 - Math.clz32(most), levels.length), levels);
  return levels;
}

function readPages(view: DataView<ArrayBuffer>, decoder: ColumnDecoder): LeafPage[] {
  const reader = { view, offset: 0 };
  const pages: LeafPage[] = [];
  let dictionary: DecodedArray | undefined;
  while (reader.offset < view.byteLength) {
    const header = parquetHeader(reader);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') dictionary = readDictionary(bytes, header, decoder);
    else if (header.type !== 'INDEX_PAGE') pages.push(readPage(bytes, header, decoder, dictionary));
  }
  return pages;
}

function readDictionary(bytes: Uint8Array, header: PageHeader, decoder: ColumnDecoder): DecodedArray {
  const page = decompressPage(bytes, header.uncompressed_page_size, decoder.codec, decoder.compressors);
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
  const count = header.dictionary_page_header!.num_values;
  return convert(readPlain(reader, decoder.type, count, decoder.element.type_length), decoder);
}

function readPage(
  bytes: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | undefined,
): LeafPage {
  const version1 = header.data_page_header;
  const page = version1
    ? readDataPage(
        decompressPage(bytes, header.uncompressed_page_size, decoder.codec, decoder.compressors),
        version1,
        decoder,
      )
    : readDataPageV2(bytes, header, decoder);
  const { encoding } = version1 ?? header.data_page_header_v2!;
  return {
    values: convertWithDictionary(page.dataPage, dictionary, encoding, decoder),
    definitionLevels: page.definitionLevels ?? [],
    repetitionLevels: page.repetitionLevels,
  };
}
