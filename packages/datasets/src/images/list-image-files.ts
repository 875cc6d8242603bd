import { readdir, realpath } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { ioError } from '../files/io-error.ts';
import { sortByCodePoints } from './sort-by-code-points.ts';

/** Which files of a folder are images. */
export interface ListOptions {
  readonly recursive: boolean;
  /** In lower case, without the dot. */
  readonly extensions: ReadonlySet<string>;
}

/** Paths relative to the folder with `/` between their parts, sorted, and how many links were passed over. */
export interface FoundFiles {
  readonly paths: string[];
  readonly skippedLinks: number;
}

/** @throws QualmError `io` when a folder cannot be read. */
export async function listImageFiles(root: string, { recursive, extensions }: ListOptions): Promise<FoundFiles> {
  const paths: string[] = [];
  const folders = [''];
  let skippedLinks = 0;
  while (folders.length > 0) {
    const folder = folders.pop()!;
    for (const entry of await entriesOf(join(root, folder))) {
      if (entry.name.startsWith('.')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && recursive) folders.push(path);
      else if (entry.isFile() && isImage(entry.name, extensions)) paths.push(path);
      else if (entry.isSymbolicLink() && isImage(entry.name, extensions)) {
        if (await staysInside(root, join(root, path))) paths.push(path);
        else skippedLinks++;
      }
    }
  }
  return { paths: sortByCodePoints(paths), skippedLinks };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(async (error: unknown) => {
    throw await ioError('open folder', folder, error);
  });
}

function isImage(name: string, extensions: ReadonlySet<string>): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && extensions.has(name.slice(dot + 1).toLowerCase());
}

/** `root` has no links in it itself. A link to nothing stays outside. */
async function staysInside(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => null);
  return target !== null && target.startsWith(root.endsWith(sep) ? root : root + sep);
}
