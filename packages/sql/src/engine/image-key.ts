import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What an image is known by: its path with size and time of change, or the SHA-256 of its bytes.
 * Null for what is not a file of this machine, which is predicted again. */
export function imageKey(image: string | Uint8Array, cwd: string): string | null {
  if (typeof image !== 'string') return `sha256 ${createHash('sha256').update(image).digest('base64url')}`;
  const path = filePathOf(image, cwd);
  if (path === null) return null;
  const found = statOf(path);
  if (!found?.isFile()) return null;
  const name = Buffer.byteLength(path) > 1500 ? createHash('sha256').update(path).digest('base64url') : path;
  return `file ${name} ${found.size} ${found.mtimeNs}`;
}

/** Null also for what cannot be a path, such as a text that is too long: whoever opens the image
 * says what is wrong with it.
 */
function statOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

/** The path of a file of this machine; null for any other URI. */
export function filePathOf(uri: string, cwd: string): string | null {
  if (/^file:/i.test(uri)) {
    try {
      return fileURLToPath(uri);
    } catch {
      return null;
    }
  }
  return isUri(uri) ? null : resolve(cwd, uri);
}

/** A path that holds wherever it is read; a URI stays as it is. */
export function absolute(image: string, cwd: string): string {
  return isUri(image) ? image : resolve(cwd, image);
}

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text);
}
