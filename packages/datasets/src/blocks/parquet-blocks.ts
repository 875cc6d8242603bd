import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { discardFile, publishFile, temporarySuffix } from '../files/write-file-durably.ts';
import type { Leaf } from '../parquet/leaf.ts';
import { createParquetFileEncoder } from '../parquet/parquet-file-encoder.ts';
import type { ParquetFileEncoder } from '../parquet/parquet-file-encoder.ts';
import type { BlockFile } from './block-file.ts';

type EncoderOptions = Parameters<typeof createParquetFileEncoder>;

/** How blocks become row groups. */
export interface ParquetBlocks<Block> {
  readonly metadata: EncoderOptions[1];
  /** The first block decides. */
  schemaOf(block: Block): EncoderOptions[0];
  leavesOf(block: Block): readonly Leaf[];
  /** Rows of the block; none are no row group. */
  rowsOf(block: Block): number;
}

/** A Parquet file of a row group for each block. */
export function openParquetBlocks<Block>(
  path: string,
  { metadata, schemaOf, leavesOf, rowsOf }: ParquetBlocks<Block>,
): BlockFile<Block> {
  let file: FileHandle | null = null;
  let encoder: ParquetFileEncoder | null = null;
  return {
    async add(block) {
      encoder ??= createParquetFileEncoder(schemaOf(block), metadata, 'UNCOMPRESSED');
      file ??= await open(`${path}${temporarySuffix}`, 'w');
      const rows = rowsOf(block);
      if (rows > 0) encoder.addRowGroup([...leavesOf(block)], rows);
      await file.writeFile(encoder.take());
    },
    async finish() {
      await file!.writeFile(encoder!.finish());
      await file!.sync();
      await file!.close();
      file = null;
      await publishFile(path);
    },
    async discard() {
      await file?.close();
      file = null;
      await discardFile(path);
    },
  };
}
