import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';

/** The absolute path of a spec's model file, links followed.
 * @throws QualmError `path-outside` when it lies outside of the model's folder, `model-missing` when it is not there.
 */
export async function modelFile({ spec, root }: ResolvedModel): Promise<string> {
  const named = spec.files.model;
  const wanted = `"${named}" (files.model of "${spec.name}")`;
  if (isAbsolute(named) || leaves(relative(root, join(root, named)))) throw outside(wanted, root);
  const [file, folder] = await Promise.all([realpath(join(root, named)), realpath(root)]).catch((cause: unknown) => {
    throw new QualmError(
      'model-missing',
      `model: ${wanted} is not in ${root}; put it there, or give its folder as root`,
      {
        cause,
      },
    );
  });
  if (leaves(relative(folder, file))) throw outside(wanted, root);
  return file;
}

function leaves(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

function outside(wanted: string, root: string): QualmError {
  return new QualmError('path-outside', `model: ${wanted} leaves ${root}; wanted a path inside of it`);
}
