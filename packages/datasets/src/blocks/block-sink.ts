import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { prepareFile } from '../files/write-file-durably.ts';
import type { BlockBuilder, BlockFile } from './block-file.ts';

/** A sink of rows. */
export interface BlockSink<Row> {
  readonly stored: number;
  write(row: Row): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Numbers that are gathered before they go to the disk. */
const blockBytes = 8 * 2 ** 20;

/** A sink into one file, which is there whole or not at all. Once closed or given up it takes no
 * row, and to close it or to give it up again does nothing.
 */
export function createBlockSink<Row, Block>(
  path: string,
  file: BlockFile<Block>,
  builder: BlockBuilder<Row, Block>,
): BlockSink<Row> {
  const guarded = async (write: Promise<void>): Promise<void> => {
    await write.catch(async (cause: unknown) => {
      await file.discard();
      throw await ioError('write', path, cause);
    });
  };
  let stored = 0;
  let isOpen = true;
  return {
    get stored() {
      return stored;
    },
    async write(row) {
      if (!isOpen) throw new QualmError('io', `write: the sink of "${path}" is closed; open another for more rows`);
      builder.add(row);
      // A place that cannot be written is known at the first row, not after the last.
      if (stored === 0) await prepareFile(path, '');
      stored++;
      if (builder.bytes >= blockBytes) await guarded(file.add(builder.take()));
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await guarded(file.add(builder.take()));
      await guarded(file.finish());
    },
    async abort() {
      if (!isOpen) return;
      isOpen = false;
      await file.discard();
    },
  };
}
