import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from './io-error.ts';
import { isRunning, processStart } from './process-start.ts';

/** The name of the file that says who is writing. */
export const lockName = '_qualm.lock';

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly start: string | null;
}

/** Takes a folder for one writer, and yields the function that gives it back. A lock whose process is gone is taken over.
 * @throws QualmError `io` when another writer holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  if (!(await create(path))) {
    const owner = await readOwner(path);
    if (owner ? !(await isGone(owner)) : await isYoung(path)) throw heldError(folder, path, owner);
    await rm(path, { force: true });
    if (!(await create(path))) throw heldError(folder, path, await readOwner(path));
  }
  return () => rm(path, { force: true });
}

async function create(path: string): Promise<boolean> {
  const file = await open(path, 'wx').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw await ioError('lock', path, error);
  });
  if (!file) return false;
  const owner: Owner = { pid: process.pid, host: hostname(), start: await processStart(process.pid) };
  await file.writeFile(JSON.stringify(owner)).finally(() => file.close());
  return true;
}

/** Null for a lock that is not written yet, or whose writer was killed before it could. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

async function isYoung(path: string): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  return age < 10_000;
}

async function isGone({ pid, host, start }: Owner): Promise<boolean> {
  return host === hostname() && !(await isRunning(pid, start));
}

function heldError(folder: string, path: string, owner: Owner | null): QualmError {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
  return new QualmError(
    'io',
    `predictions: ${who} is writing to "${folder}"; wait for it, choose another folder, ` +
      `or delete "${path}" if that process is gone`,
  );
}
