import { readFile } from 'node:fs/promises';
import { decodeUtf8, QualmError } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';

/** The text of a file that the user named, without its byte-order mark.
 * @throws UsageError when it is not UTF-8, QualmError `io` when it cannot be read.
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const known: Readonly<Record<string, string>> = { ENOENT: 'is not there', EISDIR: 'is a folder, expected a file' };
    const why = known[cause.code ?? ''] ?? `cannot be read (${cause.message})`;
    throw new QualmError('io', `"${path}" ${why}; check the path`, { cause });
  });
  return textOf(bytes, path);
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
