import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { QualmError } from '@qualm/types';
import { create } from 'tar';
import type { Bundle } from './bundle.ts';
import { withoutSystem } from './without-system.ts';

/** The time of all files, as in npm's packages. */
const mtime = new Date('1985-10-26T08:15:00.000Z');

export interface ArchiveOptions {
  /** The folder of the files, which is renamed to what the archive is called. */
  readonly content: string;
  /** What the name begins with: `qualm`. */
  readonly prefix: string;
  /** What tells it from others; by default a hash of the paths and contents of its files. */
  readonly hash?: string;
  /** Files that can be run. */
  readonly programs?: readonly string[];
  /** The folder to write to. */
  readonly out: string;
}

/** Writes a folder's files as `<prefix>-<16 digits of the hash>.tgz`, in which a folder is called
 * so, too. The same files make the same archive, whenever and by whomever.
 * @throws QualmError `io` where it cannot be written.
 */
export async function writeArchive({ content, prefix, programs = [], out, ...given }: ArchiveOptions): Promise<Bundle> {
  const paths = await filesOf(content);
  for (const path of paths) await chmod(join(content, path), programs.includes(path) ? 0o755 : 0o644);
  const hash = given.hash ?? (await hashOf(content, paths, programs));
  const name = `${prefix}-${hash.slice(0, 16)}`;
  const around = `${content}.named`;
  await mkdir(around);
  await rename(content, join(around, name));
  const path = join(resolve(out), `${name}.tgz`);
  const unfinished = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(out, { recursive: true });
    const entries = paths.map((file) => `${name}/${file}`);
    const tar = create({ cwd: around, portable: true, mtime, noDirRecurse: true }, entries);
    await pipeline(tar, createGzip(), withoutSystem, createWriteStream(unfinished));
    await rename(unfinished, path);
    return { path, name, bytes: (await stat(path)).size };
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new QualmError('io', `bundle: ${path} cannot be written: ${String(cause)}`, { cause });
  }
}

/** Paths of all files, with forward slashes, in one order everywhere. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const found: string[] = [];
  for (const entry of entries) {
    const kind = await lstat(join(folder, entry));
    if (kind.isFile()) found.push(entry.replaceAll('\\', '/'));
    else if (!kind.isDirectory()) throw new QualmError('io', `bundle: ${entry} is a link; expected files and folders`);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

async function hashOf(folder: string, paths: readonly string[], programs: readonly string[]): Promise<string> {
  const all = createHash('sha256');
  for (const path of paths) {
    const one = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), one);
    all.update(`${one.digest('hex')} ${programs.includes(path) ? 'x' : '-'} ${path}\n`);
  }
  return all.digest('hex');
}
