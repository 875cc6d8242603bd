import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { QualmError } from '@qualm/types';
import { artifactPath } from '../uri/names.ts';
import { walk } from './artifacts.ts';
import type { Artifacts, Listing } from './artifacts.ts';

/** The files of a folder on this machine. A link that leaves it is refused.
 * @throws QualmError `model-missing` when there is no such folder.
 */
export async function folderArtifacts(folder: string): Promise<Artifacts> {
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new QualmError('model-missing', `registry: the model's files should be in ${folder}, which is not there`, {
      cause,
    });
  });

  async function inside(path: string): Promise<string> {
    const real = await realpath(join(root, path));
    if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) return real;
    throw new QualmError('path-outside', `registry: ${join(root, path)} is a link that leaves ${root}`);
  }

  async function list(below: string): Promise<Listing[]> {
    const names = await readdir(join(root, below));
    const listed = names.sort().map(async (name): Promise<Listing> => {
      const found = await stat(await inside(join(below, name)));
      return { name, isFolder: found.isDirectory(), size: found.isDirectory() ? null : found.size };
    });
    return Promise.all(listed);
  }

  return {
    location: root,
    folder: root,
    list: () => walk(list, `registry: ${root}`),
    async open(path, { start }) {
      const file = await inside(artifactPath(path, 'registry'));
      const { size } = await stat(file);
      return { start, total: size, validator: null, body: createReadStream(file, { start }) };
    },
  };
}
