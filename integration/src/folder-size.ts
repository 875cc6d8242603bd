import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files in a folder, links not followed. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  let total = 0;
  for (const entry of entries) {
    const { size, isFile } = await lstat(join(folder, entry)).then((stat) => ({
      size: stat.size,
      isFile: stat.isFile(),
    }));
    if (isFile) total += size;
  }
  return total;
}
