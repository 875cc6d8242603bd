import { ByteWriter } from 'hyparquet-writer';
import type { KeyValue, RowGroup, SchemaElement } from 'hyparquet';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { encodeRowGroup } from './encode-row-group.ts';
import type { PageCodec } from './encode-row-group.ts';
import type { Leaf } from './leaf.ts';

const magic = 0x31524150;

/** A Parquet file in the making, in memory. The same calls always give the same bytes. */
export interface ParquetFileEncoder {
  addRowGroup(leaves: readonly Leaf[], rows: number): void;
  /** Another encoder that begins with what this one has so far. */
  fork(): ParquetFileEncoder;
  /** What was added since the last call, to be written where the file is: valid until the next call
   * of anything here.
   */
  take(): Uint8Array;
  /** The whole file, or what is left of it after `take`. The encoder is spent afterwards. */
  finish(): Uint8Array;
}

export function createParquetFileEncoder(
  schema: SchemaElement[],
  metadata: readonly KeyValue[],
  codec: PageCodec,
): ParquetFileEncoder {
  const writer = new ByteWriter(1 << 16);
  writer.appendUint32(magic);
  return encoderFrom(writer, [], { schema, metadata, codec });
}

interface FileParts {
  readonly schema: SchemaElement[];
  readonly metadata: readonly KeyValue[];
  readonly codec: PageCodec;
}

function encoderFrom(writer: ByteWriter, rowGroups: RowGroup[], parts: FileParts): ParquetFileEncoder {
  const { schema, metadata, codec } = parts;
  return {
    addRowGroup(leaves, rows) {
      rowGroups.push(encodeRowGroup(writer, schema, leaves, rows, codec));
    },
    fork() {
      const copy = new ByteWriter(writer.index);
      copy.appendBytes(writer.getBytes());
      return encoderFrom(copy, [...rowGroups], parts);
    },
    take() {
      const bytes = writer.getBytes();
      writer.index = 0;
      return bytes;
    },
    finish() {
      writeMetadata(writer, {
        version: 2,
        created_by: 'qualm',
        schema,
        num_rows: rowGroups.reduce((sum, { num_rows }) => sum + num_rows, 0n),
        row_groups: rowGroups,
        key_value_metadata: [...metadata],
      } as Parameters<typeof writeMetadata>[1]);
      writer.appendUint32(magic);
      return writer.getBytes();
    },
  };
}
