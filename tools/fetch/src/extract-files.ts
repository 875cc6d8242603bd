import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';

/** Extracts the named plain files of an npm tarball, and nothing else, into a new folder.
 * @param files paths inside the package, without the tarball's leading folder.
 * @throws Error naming the first that the tarball lacks.
 */
export async function extractFiles(tarball: string, folder: string, files: readonly string[]): Promise<void> {
  const wanted = new Set(files);
  await mkdir(folder);
  await extract({
    file: tarball,
    cwd: folder,
    strip: 1,
    strict: true,
    filter: (path, entry) => wanted.has(inPackage(path)) && 'type' in entry && entry.type === 'File',
  });
  for (const file of files) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (found === null) throw new Error(`${tarball} holds no file "${file}"`);
  }
}

function inPackage(path: string): string {
  return path.split('/').slice(1).join('/');
}
