import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ioError } from './io-error.ts';

/** What a file is made of; parts are taken one after the other. */
export type FileContent = Uint8Array | string | Iterable<string> | AsyncIterable<string | Uint8Array>;

/** The suffix of files that are not finished. */
export const temporarySuffix = '.tmp';

/** Writes a whole file so that, whenever the power fails, it is there complete or not at all.
 * @throws QualmError `io`, or the RangeError of the parts; nothing of the file is left then.
 */
export async function writeFileDurably(path: string, content: FileContent): Promise<void> {
  await prepareFile(path, content);
  await publishFile(path);
}

/** The first half of `writeFileDurably`: all of the file is on the disk, under its temporary name.
 * @throws as `writeFileDurably`.
 */
export async function prepareFile(path: string, content: FileContent): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  try {
    await writeAndSync(temporary, content);
  } catch (cause) {
    await discardFile(path);
    if (cause instanceof RangeError) throw cause;
    throw await ioError('write', path, cause);
  }
}

/** The second half: the file takes its place, in one step.
 * @throws QualmError `io`; nothing of the file is left then.
 */
export async function publishFile(path: string): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  try {
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await discardFile(path);
    throw await ioError('write', path, cause);
  }
}

/** In place of the second half: the file under the temporary name is gone, as far as that can be
 * done.
 */
export async function discardFile(path: string): Promise<void> {
  await rm(`${path}${temporarySuffix}`, { force: true }).catch(() => undefined);
}

/** Writes a file, and waits until it is on the disk. */
export async function writeAndSync(path: string, content: FileContent): Promise<void> {
  const file = await open(path, 'w');
  try {
    const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for await (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is kept for good only when its folder is synced; Windows cannot open one and needs no
 * such call.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
