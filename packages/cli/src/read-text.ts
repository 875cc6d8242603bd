import { readFile } from 'node:fs/promises';
import { decodeUtf8 } from '@qualm/types';
import { UsageError } from './exit-code.ts';

/** The text of a file that the user named, without its byte-order mark.
 * @throws UsageError when it is not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  return textOf(await readFile(path), path);
}

/** The text of bytes that came from `name`. */
export function textOf(bytes: Uint8Array, name: string): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new UsageError(`${name}: ${cause.message}`, { cause });
    throw cause;
  }
}
