import type { ByteWriter } from 'hyparquet-writer';
import type { ColumnChunk, CompressionCodec, Encoding, RowGroup, SchemaElement } from 'hyparquet';
import { getMaxDefinitionLevel, getSchemaPath } from 'hyparquet/src/schema.js';
import { writeDataPageV2 } from 'hyparquet-writer/src/datapage.js';
import { writeDictionaryPage } from 'hyparquet-writer/src/dictionary.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import type { Leaf } from './leaf.ts';

/** How pages are compressed. `UNCOMPRESSED` costs no time, and floats hardly shrink. */
export type PageCodec = Extract<CompressionCodec, 'SNAPPY' | 'UNCOMPRESSED'>;

type ColumnEncoder = Parameters<typeof writeDataPageV2>[0]['column'];
type PageData = Parameters<typeof writeDataPageV2>[0]['pageData'];

/** Appends one row group, a page for each column, and yields its entry for the footer. */
export function encodeRowGroup(
  writer: ByteWriter,
  schema: SchemaElement[],
  leaves: readonly Leaf[],
  rows: number,
  codec: PageCodec,
): RowGroup {
  const start = writer.offset;
  const columns = leaves.map((leaf) => encodeLeaf(writer, schema, leaf, codec));
  return {
    columns,
    total_byte_size: columns.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n),
    num_rows: BigInt(rows),
    total_compressed_size: BigInt(writer.offset - start),
  };
}

function encodeLeaf(writer: ByteWriter, schema: SchemaElement[], leaf: Leaf, codec: PageCodec): ColumnChunk {
  const start = writer.offset;
  const treePath = getSchemaPath(schema, [...leaf.path]);
  const column = columnEncoder(
    treePath.map(({ element }) => element),
    codec,
  );
  const dictionary = leaf.values.length > 0 ? leaf.dictionary : undefined;
  const encoding: Encoding = dictionary ? 'RLE_DICTIONARY' : 'PLAIN';
  let size = dictionary ? writeDictionaryPage(writer, column, dictionary) : 0;
  const dataPage = writer.offset;
  size += writeDataPageV2({ writer, column, encoding, pageData: pageData(leaf, getMaxDefinitionLevel(treePath)) });
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: column.element.type!,
      encodings: dictionary ? ['PLAIN', 'RLE_DICTIONARY'] : ['PLAIN'],
      path_in_schema: [...leaf.path],
      codec,
      num_values: BigInt(leaf.definitionLevels?.length ?? leaf.values.length),
      total_uncompressed_size: BigInt(size),
      total_compressed_size: BigInt(writer.offset - start),
      data_page_offset: BigInt(dataPage),
      ...(dictionary && { dictionary_page_offset: BigInt(start) }),
    },
  };
}

function columnEncoder(schemaPath: SchemaElement[], codec: PageCodec): ColumnEncoder {
  return {
    columnName: schemaPath
      .slice(1)
      .map(({ name }) => name)
      .join('.'),
    element: schemaPath.at(-1)!,
    schemaPath,
    codec,
    compressors: codec === 'SNAPPY' ? { SNAPPY: snappyCompress } : {},
    stats: false,
    pageSize: 0,
    columnIndex: false,
    offsetIndex: false,
  };
}

/** hyparquet-writer types levels as arrays and reads them by index and length alone, so typed
 * arrays serve as well.
 */
function pageData(leaf: Leaf, maxDefinitionLevel: number): PageData {
  return {
    values: leaf.values,
    definitionLevels: (leaf.definitionLevels ?? []) as unknown as number[],
    repetitionLevels: (leaf.repetitionLevels ?? []) as unknown as number[],
    maxDefinitionLevel,
  };
}
