import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Feeds a file to a hash, the first bytes of it where `end` says so. */
export async function feedFile(hash: Hash, path: string, end?: number): Promise<void> {
  if (end === 0) return;
  const stream = createReadStream(path, end === undefined ? {} : { end: end - 1 });
  for await (const part of stream as AsyncIterable<Buffer>) hash.update(part);
}

/** The SHA-256 of a file, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await feedFile(hash, path);
  return hash.digest('hex');
}
