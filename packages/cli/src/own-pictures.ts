import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { storeFile } from './store-file.ts';

const listName = '.qualm-pictures.json';

/** Makes a folder ready for pictures of these names: those of an earlier run go, whatever else is in it stays, for it may
 * be the user's own. A hidden file in it says which are ours.
 */
export async function ownPictures(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await earlierPictures(folder)) await rm(join(folder, name), { force: true });
  await storeFile(join(folder, listName), `${JSON.stringify(names)}\n`);
}

async function earlierPictures(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, listName), 'utf8').catch(() => '[]');
  try {
    const names = JSON.parse(text) as unknown;
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string' && isFileName(name)) : [];
  } catch {
    return [];
  }
}

/** A list that was tampered with must not lead out of the folder. */
function isFileName(name: string): boolean {
  return name.endsWith('.jpg') && basename(name) === name;
}
