import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { lockFolder, lockName } from '../files/lock-folder.ts';
import { syncFolder, temporarySuffix } from '../files/write-file-durably.ts';
import { isNameOfSet } from '../predictions/shard-name.ts';

/** Writes a folder of predictions that is there whole or not at all, whenever the process ends: it
 * is filled under the name `<path>.tmp` and then renamed. What a killed process left under that
 * name is deleted by the next one.
 * @param fill writes into the folder that it is given.
 * @returns what `fill` gives.
 * @throws QualmError `io` when there is something under either name, another process fills the same
 * folder, or it cannot be written; what `fill` throws. Nothing of the folder is left then.
 */
export async function writeSetWhole<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  await assertPlaceFree(path);
  const unfinished = `${resolve(path)}${temporarySuffix}`;
  await mkdir(unfinished, { recursive: true }).catch(async (error: unknown) => {
    throw await ioError('make folder', unfinished, error);
  });
  await refuseStrangers(unfinished);
  await lockFolder(unfinished);
  try {
    for (const name of await readdir(unfinished))
      if (!name.startsWith(lockName)) await rm(join(unfinished, name), { force: true });
    const filled = await fill(unfinished);
    await publish(unfinished, path);
    return filled;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function assertPlaceFree(path: string): Promise<void> {
  if ((await namesIn(path)).length === 0) return;
  throw new QualmError('io', `merge: "${path}" is there already; choose another folder`);
}

async function refuseStrangers(unfinished: string): Promise<void> {
  const strange = (await namesIn(unfinished)).find((name) => !isNameOfSet(name));
  if (strange === undefined) return;
  const why = `it holds "${strange}"`;
  throw new QualmError('io', `merge: "${unfinished}" is needed while the folder is written, and ${why}; move it away`);
}

/** What is in a folder; a file is its own name, and what is not there has nothing. */
async function namesIn(path: string): Promise<readonly string[]> {
  return readdir(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [path];
    throw await ioError('read', path, error);
  });
}

/** The lock goes last, so that no other process clears the folder before it has its name. */
async function publish(unfinished: string, path: string): Promise<void> {
  try {
    // A rename replaces an empty folder on POSIX alone.
    await rmdir(path).catch(() => undefined);
    await rename(unfinished, path);
    await syncFolder(dirname(resolve(path)));
  } catch (error) {
    await assertPlaceFree(path);
    throw await ioError('write', path, error);
  }
  await rm(join(path, lockName), { force: true });
}
