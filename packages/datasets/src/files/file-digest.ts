import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A file's length, and its SHA-256 in hex. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** The digest of bytes in memory. */
export function digestOf(content: Uint8Array): FileDigest {
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** The digest of a file, read once. Throws what the file system throws. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** True for two digests of the same content. */
export function isSameContent(first: FileDigest, second: FileDigest): boolean {
  return first.bytes === second.bytes && first.sha256 === second.sha256;
}
