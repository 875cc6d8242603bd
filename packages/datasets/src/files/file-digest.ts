import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';

/** A file's length and its checksums. */
export interface FileDigest {
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly sha256: string;
  /** CRC-32, as gzip has it, in eight hex digits; absent in what older versions wrote. */
  readonly crc32?: string;
}

/** The digest of bytes in memory. */
export function digestOf(content: Uint8Array): Required<FileDigest> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { bytes: content.length, sha256, crc32: crc32Of(content) };
}

/** The digest of a file, read once. Throws what the file system throws. */
export async function digestFile(path: string): Promise<Required<FileDigest>> {
  const hash = createHash('sha256');
  let [bytes, check] = [0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    check = crc32(chunk as Buffer, check);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex'), crc32: asHex(check) };
}

/** True for two digests of the same content. */
export function isSameContent(first: FileDigest, second: FileDigest): boolean {
  return first.bytes === second.bytes && first.sha256 === second.sha256;
}

/** CRC-32 in eight hex digits. */
export function crc32Of(content: Uint8Array): string {
  return asHex(crc32(content));
}

/** True for content of this digest. CRC-32 answers where the digest has it: it finds what happens
 * to files by accident, at a small part of the cost of SHA-256. Somebody who means harm can write
 * the digest as well, for it lies beside the file.
 * @param check the content's CRC-32, where it is known.
 */
export function hasDigest(content: Uint8Array, digest: FileDigest, check?: string): boolean {
  if (content.length !== digest.bytes) return false;
  if (digest.crc32 !== undefined) return (check ?? crc32Of(content)) === digest.crc32;
  return digestOf(content).sha256 === digest.sha256;
}

function asHex(check: number): string {
  return check.toString(16).padStart(8, '0');
}
