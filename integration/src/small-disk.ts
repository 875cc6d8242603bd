import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A disk of so few KiB, in memory. */
export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): Promise<void>;
  /** Makes room again. */
  empty(): Promise<void>;
  close(): void;
}

/** A small disk at a folder that is made for it; null where nobody may mount one: that takes root
 * on Linux.
 */
export async function mountSmallDisk(folder: string, kib: number): Promise<SmallDisk | null> {
  await mkdir(folder);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder]).status !== 0) return null;
  const ballast = join(folder, 'ballast');
  return {
    async fill() {
      // What does not fit is cut off.
      await writeFile(ballast, Buffer.alloc(1024 * kib)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error;
      });
    },
    empty: () => rm(ballast),
    close: () => void spawnSync('umount', ['-l', folder]),
  };
}
