import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from './io-error.ts';
import { isElsewhere, isGone, parseOwner, thisOwner } from './lock-owner.ts';
import type { LockOwner } from './lock-owner.ts';
import { temporarySuffix } from './write-file-durably.ts';

/** The name of the file that says who is writing. */
export const lockName = '_qualm.lock';

/** Takes a folder for one writer, and yields the function that gives it back. A lock whose process
 * is gone is taken over, by one process alone; one of another machine or container is not, since
 * it is impossible to tell from here whether it is gone.
 * @throws QualmError `io` when another writer holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const here = await thisOwner();
  const path = join(folder, lockName);
  const held = await take(path, here);
  if (held !== null) throw heldError(folder, held, here);
  return () => rm(path, { force: true });
}

/** @throws QualmError `io` when another writer holds the lock of a folder. */
export async function assertUnlocked(folder: string): Promise<void> {
  const here = await thisOwner();
  const path = join(folder, lockName);
  const text = await read(path);
  if (text !== null && !(await isFree(path, text, here)))
    throw heldError(folder, { path, owner: parseOwner(text) }, here);
}

/** Who holds a lock that could not be taken; `owner` is null where its file does not say. */
interface Held {
  readonly path: string;
  readonly owner: LockOwner | null;
}

/** Takes the lock, or says who holds it. A process that replaces the file of one that is gone has
 * to hold another lock for that, and looks again then: so no two do, and none replaces a file that
 * was written meanwhile. A process that is killed while it holds the other lock is gone in its
 * turn.
 */
async function take(path: string, here: LockOwner): Promise<Held | null> {
  for (;;) {
    if (await create(path, here)) return null;
    const text = await read(path);
    if (text === null) continue;
    if (!(await isFree(path, text, here))) return { path, owner: parseOwner(text) };
    const guard = `${path}.next`;
    const held = await take(guard, here);
    if (held !== null) return held;
    try {
      if ((await read(path)) !== text) continue;
      await replace(path, here);
      return null;
    } finally {
      await rm(guard, { force: true });
    }
  }
}

/** Whether the owner is gone. A file that says nothing is being written by a file system without
 * links, or its writer was killed before it could. */
async function isFree(path: string, text: string, here: LockOwner): Promise<boolean> {
  const owner = parseOwner(text);
  return owner ? isGone(owner, here) : !(await isYoung(path));
}

/** Makes the file with what it says, in one step; false where it is there already. */
async function create(path: string, here: LockOwner): Promise<boolean> {
  const draft = await writeDraft(path, here);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    return await createWithoutLinks(path, here);
  } finally {
    await rm(draft, { force: true });
  }
}

async function createWithoutLinks(path: string, here: LockOwner): Promise<boolean> {
  const file = await open(path, 'wx').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw await ioError('lock', path, error);
  });
  if (!file) return false;
  await file.writeFile(JSON.stringify(here)).finally(() => file.close());
  return true;
}

async function replace(path: string, here: LockOwner): Promise<void> {
  const draft = await writeDraft(path, here);
  await rename(draft, path).catch(async (error: unknown) => {
    throw await ioError('lock', path, error);
  });
}

async function writeDraft(path: string, here: LockOwner): Promise<string> {
  const draft = `${path}.${randomUUID()}${temporarySuffix}`;
  await writeFile(draft, JSON.stringify(here)).catch(async (error: unknown) => {
    throw await ioError('lock', path, error);
  });
  return draft;
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw await ioError('lock', path, error);
  });
}

async function isYoung(path: string): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  return age < 10_000;
}

function heldError(folder: string, { path, owner }: Held, here: LockOwner): QualmError {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
  const where =
    owner && isElsewhere(owner, here)
      ? ' (another machine or container: whether it still runs cannot be known from here)'
      : '';
  return new QualmError(
    'io',
    `predictions: ${who}${where} is writing to "${folder}"; wait for it, choose another folder, ` +
      `or delete "${path}" if that process is gone`,
  );
}
