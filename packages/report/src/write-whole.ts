import { randomUUID } from 'node:crypto';
import { chmod, chown, open, realpath, rename, rm, stat } from 'node:fs/promises';

/** Writes a file that is there whole, or as it was before. A link stays one, and a file that was
 * there keeps its permissions.
 * @param options `sync: false` does not wait until the file is on the disk.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { sync = true }: { readonly sync?: boolean } = {},
): Promise<void> {
  const place = await realpath(path).catch(() => path);
  const before = await stat(place).catch(() => null);
  const unfinished = `${place}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(content);
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
    if (before) {
      // Only root may give a file away.
      await chown(unfinished, before.uid, before.gid).catch(() => undefined);
      await chmod(unfinished, before.mode & 0o7777);
    }
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
