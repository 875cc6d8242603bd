import type { Readable } from 'node:stream';
import { QualmError } from '@qualm/types';
import { artifactPath } from '../uri/names.ts';

/** A file below a model's folder. `size` in bytes, null where the store does not say. */
export interface ArtifactFile {
  readonly path: string;
  readonly size: number | null;
}

export interface OpenArtifact {
  /** Of the first byte: what was asked for, or 0 where the store cannot begin in the middle. */
  readonly start: number;
  /** Bytes of the whole file, null where the store does not say. */
  readonly total: number | null;
  /** What must be given, to go on with the same file later; null where that cannot be. */
  readonly validator: string | null;
  readonly body: Readable;
}

/** The files of one model, wherever they are. */
export interface Artifacts {
  /** What identifies the place, for the cache; no secret. */
  readonly location: string;
  /** The folder on this machine, null where the files must be fetched. */
  readonly folder: string | null;
  /** Everything below, every path held to `artifactPath`. @throws QualmError `path-outside`,
   * `registry-invalid`
   */
  list(signal?: AbortSignal): Promise<readonly ArtifactFile[]>;
  /** One attempt to read a file from `start` on. @throws TransientError where another attempt may
   * help.
   */
  open(
    path: string,
    from: { readonly start: number; readonly validator: string | null },
    signal?: AbortSignal,
  ): Promise<OpenArtifact>;
}

export interface Listing {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number | null;
}

const maxFiles = 10_000;
const maxDepth = 32;

/** All files below a folder that is listed level by level.
 * @throws QualmError `path-outside` for a name that is not a single, plain name, `registry-invalid`
 * for a tree without end.
 */
export async function walk(
  list: (folder: string) => Promise<readonly Listing[]>,
  where: string,
): Promise<readonly ArtifactFile[]> {
  const files: ArtifactFile[] = [];
  let seen = 0;
  async function visit(folder: string, depth: number): Promise<void> {
    if (depth > maxDepth) throw new QualmError('registry-invalid', `${where}: folders deeper than ${maxDepth}`);
    for (const { name, isFolder, size } of await list(folder)) {
      if (name.includes('/')) throw new QualmError('path-outside', `${where}: it lists "${name}" in "${folder}"`);
      const path = artifactPath(folder === '' ? name : `${folder}/${name}`, where);
      if (++seen > maxFiles) throw new QualmError('registry-invalid', `${where}: more than ${maxFiles} files`);
      if (isFolder) await visit(path, depth + 1);
      else files.push({ path, size });
    }
  }
  await visit('', 0);
  const paths = new Set<string>();
  const twice = files.find(({ path }) => paths.size === paths.add(path).size);
  if (twice) throw new QualmError('registry-invalid', `${where}: it lists "${twice.path}" twice`);
  return files;
}
