import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import { isOutside } from './is-outside.ts';

/** The absolute path of a spec's model file, in its folder: files that it names are looked for
 * beside it, not beside what it links to.
 * @throws QualmError `path-outside` when it lies outside of the model's folder, or is a link out of
 * it that must not be followed; `model-missing` when it is not there.
 */
export async function modelFile(
  { spec, root, followLinks = false }: ResolvedModel,
  rootName = 'root',
): Promise<string> {
  const named = spec.files.model;
  const path = join(root, named);
  const wanted = `"${named}" (files.model of "${spec.name}")`;
  if (isAbsolute(named) || isOutside(root, path)) {
    throw new QualmError('path-outside', `model: ${wanted} leaves ${root}; expected a path inside of it`);
  }
  const [file, folder] = await Promise.all([realpath(path), realpath(root)]).catch(async (cause: unknown) => {
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    const why = isLink
      ? `is a link to nothing in ${root}; fetch what it stands for (dvc pull, git annex get)`
      : `is not in ${root}; put it there, or give its folder as ${rootName}`;
    throw new QualmError('model-missing', `model: ${wanted} ${why}`, { cause });
  });
  if (followLinks || !isOutside(folder, file)) return path;
  throw new QualmError(
    'path-outside',
    `model: ${wanted} is a link, or behind one, that leads out of ${root}; expected the file itself`,
  );
}
