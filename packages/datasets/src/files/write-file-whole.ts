import { randomUUID } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assertText, wrongArgument } from '@qualm/types';
import { ioError } from './io-error.ts';
import { syncFolder, temporarySuffix, writeAndSync } from './write-file-durably.ts';
import type { FileContent } from './write-file-durably.ts';

/** Writes a file that a user named: it is there whole or as it was before, whenever the process or
 * the power ends. A link stays one, and a file that was there keeps its permissions. What is not a
 * file, such as a pipe or `/dev/stdout`, is written to as it is.
 * @throws QualmError `io`, or the RangeError of the parts; the file is as it was then.
 * @example await writeFileWhole('list.txt', ['a\n', 'b\n'])
 */
export async function writeFileWhole(path: string, content: FileContent): Promise<void> {
  assertText('writeFileWhole', 'its path', path, "a path, such as 'list.txt'");
  assertContent(content);
  try {
    const found = await stat(path).catch(() => null);
    if (found && !found.isFile() && !found.isDirectory()) await writeFile(path, content);
    else await replaceFile(found ? await realpath(path) : path, content, found?.isFile() ? found.mode & 0o7777 : null);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw await ioError('write', path, cause);
  }
}

function assertContent(value: unknown): void {
  const parts = Object(value) as Partial<Iterable<string> & AsyncIterable<string>>;
  if (typeof parts[Symbol.iterator] === 'function' || typeof parts[Symbol.asyncIterator] === 'function') return;
  throw wrongArgument('writeFileWhole', 'its content', value, 'text, bytes, or an iterable of texts');
}

async function replaceFile(path: string, content: FileContent, mode: number | null): Promise<void> {
  const unfinished = `${path}.${randomUUID().slice(0, 8)}${temporarySuffix}`;
  try {
    await writeAndSync(unfinished, content);
    if (mode !== null) await chmod(unfinished, mode);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw cause;
  }
}
