import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open } from 'node:fs/promises';

const pieceBytes = 2 ** 20;

/** Feeds a file to a hash, the first bytes of it where `end` says so. One buffer serves for all of
 * it.
 */
export async function feedFile(hash: Hash, path: string, end: number = Infinity): Promise<void> {
  if (end === 0) return;
  const file = await open(path);
  try {
    const piece = Buffer.allocUnsafeSlow(pieceBytes);
    for (let at = 0; at < end;) {
      const { bytesRead } = await file.read(piece, 0, Math.min(pieceBytes, end - at), at);
      if (bytesRead === 0) return;
      hash.update(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The SHA-256 of a file, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await feedFile(hash, path);
  return hash.digest('hex');
}
