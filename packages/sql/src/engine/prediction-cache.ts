import type { Database } from 'lmdb';
import { LRUCache } from 'lru-cache';
import { QualmError } from '@qualm/types';
import { bytesOf } from './image-rows.ts';
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
      const rows = stored && decode(stored);
      if (rows) memory?.set(name, rows);
      return rows;
    },
    set(fingerprint, key, rows) {
      const name = `${fingerprint} ${key}`;
      memory?.set(name, rows);
      void disk?.put(name, encode(rows));
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

/** [version, boxes, classes, 0], then boxes, scores and label ids, little-endian as all machines
 * are that Node runs on.
 */
function encode({ boxes, scores, labelIds, numClasses }: ImageRows): Uint8Array {
  const head = Int32Array.of(1, boxes.length / 4, numClasses, 0);
  const parts = [head, boxes, scores, labelIds];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** Undefined for what another version wrote, or what is cut. */
function decode(stored: Uint8Array): ImageRows | undefined {
  const bytes = stored.slice();
  if (bytes.length < 16) return undefined;
  const [version, length = 0, numClasses = 0] = new Int32Array(bytes.buffer, 0, 4);
  const cells = length * Math.max(numClasses, 1);
  if (version !== 1 || length < 0 || bytes.length !== 16 + 16 * length + 8 * cells) return undefined;
  return {
    boxes: new Float32Array(bytes.buffer, 16, 4 * length),
    scores: new Float32Array(bytes.buffer, 16 + 16 * length, cells),
    labelIds: new Int32Array(bytes.buffer, 16 + 16 * length + 4 * cells, cells),
    numClasses,
  };
}
