import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTree } from './tree.ts';
import { withLock } from './with-lock.ts';

/** A model that was asked for within this time is not taken away, however full the cache is. */
const graceMs = 10 * 60_000;

/** A download that has not continued for this long is deleted. */
const abandonedMs = 24 * 60 * 60_000;

/** Removes models until the rest fits, then files that belong to none, and what was begun and not
 * gone on with.
 */
export async function evict(folder: string, maxBytes: number, keep: string): Promise<void> {
  await withLock(join(folder, 'locks', 'eviction'), async () => {
    const models = await usedModels(folder);
    let total = models.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, used, bytes } of models.sort((a, b) => a.used - b.used)) {
      if (total <= maxBytes) break;
      if (name === keep || Date.now() - used < graceMs) continue;
      const doomed = join(folder, 'models', `${name}.${randomUUID()}`);
      await rename(join(folder, 'models', name), doomed).catch(() => undefined);
      const now = await stat(join(doomed, 'tree.json')).catch(() => null);
      if (now && now.mtimeMs > used) {
        await rename(doomed, join(folder, 'models', name)).catch(() => undefined);
        continue;
      }
      await rm(doomed, { recursive: true, force: true });
      total -= bytes;
    }
    for (const shard of await readdir(join(folder, 'blobs')).catch(() => []))
      for (const blob of await readdir(join(folder, 'blobs', shard)).catch(() => [])) {
        const path = join(folder, 'blobs', shard, blob);
        const found = await stat(path).catch(() => null);
        if (found?.nlink === 1 && Date.now() - found.ctimeMs > graceMs) await rm(path, { force: true });
      }
    await removeAbandoned(join(folder, 'partial'), () => true);
    await removeAbandoned(join(folder, 'models'), (name) => !isModel(name));
  });
}

async function usedModels(folder: string): Promise<{ name: string; used: number; bytes: number }[]> {
  const names = await readdir(join(folder, 'models')).catch(() => []);
  const models = names.filter(isModel).map(async (name) => {
    const path = join(folder, 'models', name);
    const [tree, found] = await Promise.all([readTree(path), stat(join(path, 'tree.json')).catch(() => null)]);
    const bytes = tree?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
    return { name, used: found?.mtimeMs ?? 0, bytes };
  });
  return Promise.all(models);
}

function isModel(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Removes those folders in which nothing has changed for a day. */
async function removeAbandoned(folder: string, isWanted: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter(isWanted)) {
    const path = join(folder, name);
    const inside = await readdir(path).catch(() => []);
    const times = await Promise.all([path, ...inside.map((file) => join(path, file))].map(changedAt));
    if (Date.now() - Math.max(...times) > abandonedMs) await rm(path, { recursive: true, force: true });
  }
}

async function changedAt(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found?.mtimeMs ?? 0;
}
