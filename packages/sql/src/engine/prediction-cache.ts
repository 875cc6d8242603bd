import type { Database } from 'lmdb';
import { LRUCache } from 'lru-cache';
import { QualmError } from '@qualm/types';
import { bytesOf } from './image-rows.ts';
import { decodeRows, encodeRows } from './rows-as-bytes.ts';
import type { ImageRows } from './image-rows.ts';

/** Rows of images that were predicted before, by the fingerprint of the model and the key of the
 * image.
 */
export interface PredictionCache {
  get(fingerprint: string, key: string): ImageRows | undefined;
  set(fingerprint: string, key: string, rows: ImageRows): void;
  close(): Promise<void>;
}

/** @param folder where rows outlive the session; null for memory alone.
 * @throws QualmError `backend-unavailable` without the package lmdb, `io` where the folder
 * cannot be opened. */
export async function openPredictionCache({
  maxBytes,
  folder,
}: {
  readonly maxBytes: number;
  readonly folder: string | null;
}): Promise<PredictionCache> {
  const memory = maxBytes > 0 ? new LRUCache<string, ImageRows>({ maxSize: maxBytes, sizeCalculation: bytesOf }) : null;
  const disk = folder === null ? null : await openDisk(folder);
  return {
    get(fingerprint, key) {
      const name = `${fingerprint} ${key}`;
      const kept = memory?.get(name);
      if (kept || !disk) return kept;
      const stored = disk.getBinary(name);
      const rows = stored && decodeRows(stored);
      if (rows) memory?.set(name, rows);
      return rows;
    },
    set(fingerprint, key, rows) {
      const name = `${fingerprint} ${key}`;
      memory?.set(name, rows);
      void disk?.put(name, encodeRows(rows));
    },
    async close() {
      await disk?.flushed;
      await disk?.close();
    },
  };
}

async function openDisk(folder: string): Promise<Database<Uint8Array, string>> {
  const { open } = await import('lmdb').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('backend-unavailable', `sql: the cache on disk needs lmdb (${reason}); npm install lmdb`, {
      cause,
    });
  });
  try {
    return open<Uint8Array, string>({ path: folder, encoding: 'binary', keyEncoding: 'ordered-binary' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('io', `sql: the cache "${folder}" cannot be opened: ${reason}; choose another folder`, {
      cause,
    });
  }
}
