import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { throwIfAborted } from '../http/retry.ts';

const staleMs = 15_000;

/** What `use` gives while no other process holds the lock of that path. A process that was killed
 * holds it for 15 seconds more.
 */
export async function withLock<T>(path: string, use: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '', { flag: 'a' });
  const release = await acquire(path, signal);
  try {
    return await use();
  } finally {
    await release().catch(() => undefined);
  }
}

async function acquire(path: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  for (;;) {
    throwIfAborted(signal);
    try {
      return await lock(path, { stale: staleMs, update: staleMs / 3, onCompromised: () => undefined });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    await sleep(100 + 100 * Math.random(), undefined, signal && { signal }).catch(() => undefined);
  }
}
