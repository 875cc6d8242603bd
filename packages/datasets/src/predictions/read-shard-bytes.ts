import { open } from 'node:fs/promises';
import { crc32Of } from '../files/file-digest.ts';

/** The content of a shard. */
export interface ShardBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Eight hex digits. */
  readonly crc32: string;
}

/** A shard's file, which is read once, for its checksum and its columns. Null for one that is very
 * large, or cannot be read.
 * @param memory that may be used for it, where it is large enough.
 */
export async function readShardBytes(path: string, memory: ArrayBuffer | null): Promise<ShardBytes | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (size > mostWhole) return null;
    const room = memory && memory.byteLength >= size ? memory : new ArrayBuffer(Math.ceil(size * spare));
    const bytes = new Uint8Array(room, 0, size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytesRead === size ? { bytes, crc32: crc32Of(bytes) } : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

const mostWhole = 128 * 2 ** 20;

/** Shards are nearly of one size. */
const spare = 1.0625;
