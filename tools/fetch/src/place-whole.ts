import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Puts a file in its place whole: whoever reads there meanwhile, in whatever process, finds all of
 * it or nothing new.
 * @param write writes it at the path that it is given.
 */
export async function placeWhole(path: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Beside the folder and not in it, where it would be taken for one of its files.
  const work = await mkdtemp(join(dirname(folder), '.unfinished-'));
  try {
    const unfinished = join(work, basename(path));
    await write(unfinished);
    await rename(unfinished, path);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
