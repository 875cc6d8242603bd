import { open, readdir, realpath, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { ioError } from '../files/io-error.ts';
import { isInside } from '../files/is-inside.ts';
import { announcesImage } from './announces-image.ts';
import { createPassedOverList } from './passed-over.ts';
import type { PassedOver, PassedOverList } from './passed-over.ts';
import { sortByCodePoints } from './sort-by-code-points.ts';

/** Which files of a folder are images. */
export interface ListOptions {
  readonly recursive: boolean;
  /** In lower case, without the dot. */
  readonly extensions: ReadonlySet<string>;
  /** Whether links may lead out of the folder, and to folders. */
  readonly followLinks: boolean;
}

/** Paths relative to the folder with `/` between their parts, sorted, and what was passed over. */
export interface FoundFiles {
  readonly paths: string[];
  readonly passedOver: readonly PassedOver[];
}

interface Walk extends ListOptions {
  readonly root: string;
  readonly paths: string[];
  readonly passedOver: PassedOverList;
}

const loop = 'in a loop of links';

/** @throws QualmError `io` when a folder cannot be read. */
export async function listImageFiles(root: string, options: ListOptions): Promise<FoundFiles> {
  const walk: Walk = { ...options, root, paths: [], passedOver: createPassedOverList() };
  await readFolder('', [root], walk);
  return { paths: sortByCodePoints(walk.paths), passedOver: walk.passedOver.list() };
}

/** @param above real paths of the folder and those that it is in, so that a loop of links ends */
async function readFolder(folder: string, above: readonly string[], walk: Walk): Promise<void> {
  const folders: [path: string, real: string][] = [];
  for (const entry of await entriesOf(join(walk.root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const real = join(above[0]!, entry.name);
      if (above.includes(real)) walk.passedOver.add(loop, path);
      else if (!entry.name.startsWith('.')) folders.push([path, real]);
    } else if (entry.isSymbolicLink()) {
      const linked = await followed(path, above, walk);
      if (linked !== null) folders.push([path, linked]);
    } else if (entry.isFile()) await addFile(path, walk);
    else walk.passedOver.add('pipe or device', path);
  }
  if (!walk.recursive) return;
  for (const [path, real] of folders) await readFolder(path, [real, ...above], walk);
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(async (error: unknown) => {
    throw await ioError('open folder', folder, error);
  });
}

/** @param obstacle why a file that is an image must not be taken */
async function addFile(path: string, walk: Walk, obstacle: string | null = null): Promise<void> {
  const { root, paths, passedOver, extensions } = walk;
  const ending = endingOf(path);
  const isHidden = /(^|\/)\.[^/]*$/.test(path);
  if (extensions.has(ending)) {
    if (isHidden) passedOver.add('hidden', path);
    else if (obstacle !== null) passedOver.add(obstacle, path);
    else paths.push(path);
  } else if (isHidden) return;
  else if (ending !== '') passedOver.add(ending, path);
  else if (obstacle === null && (await isImage(join(root, path))))
    passedOver.add('without an ending, but an image', path);
  else passedOver.add('without an ending', path);
}

/** Takes a link to a file, and gives the real path of a folder that is to be read too; null where
 * there is none.
 */
async function followed(path: string, above: readonly string[], walk: Walk): Promise<string | null> {
  const { root, passedOver, followLinks } = walk;
  const target = await realpath(join(root, path)).catch(() => null);
  const found = target === null ? null : await stat(target).catch(() => null);
  if (target === null || found === null) await addFile(path, walk, 'linked to nothing');
  else if (found.isFile())
    await addFile(path, walk, followLinks || isInside(root, target) ? null : 'linked out of the folder');
  else if (!found.isDirectory()) passedOver.add('pipe or device', path);
  else if (!followLinks) passedOver.add('linked to a folder', path);
  else if (above.includes(target)) passedOver.add(loop, path);
  else return target;
  return null;
}

/** Of `.jpg` it is nothing: the name of a hidden file. */
function endingOf(path: string): string {
  return /[^/]\.([^./]+)$/.exec(path)?.[1]!.toLowerCase() ?? '';
}

async function isImage(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return announcesImage(buffer.subarray(0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
