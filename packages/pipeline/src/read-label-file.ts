import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLabels } from '@qualm/datasets/labels';
import { QualmError } from '@qualm/types';
import type { Label } from '@qualm/types';
import { isOutside } from './is-outside.ts';

const maxBytes = 16 * 2 ** 20;

/** A file that a spec's `labels` name. */
export interface LabelFile {
  /** Relative to the spec's folder. */
  readonly named: string;
  readonly folder: string;
  /** The spec's own path, for messages. */
  readonly from: string;
  readonly followLinks: boolean;
}

/** The labels that a spec names by a file beside it.
 * @throws QualmError `model-missing` when it cannot be read, `path-outside` for a link out of the
 * folder that must not be followed, `spec-invalid` for anything else than labels.
 */
export async function readLabelFile({ named, folder, from, followLinks }: LabelFile): Promise<readonly Label[]> {
  const path = join(folder, named);
  const where = `model spec "${from}": labels "${named}"`;
  const [file, root] = await Promise.all([realpath(path), realpath(folder)]).catch((cause: unknown) => {
    throw new QualmError('model-missing', `${where} is not in ${folder}; put the file there, or list the labels`, {
      cause,
    });
  });
  if (!followLinks && isOutside(root, file)) {
    throw new QualmError('path-outside', `${where} is a link, or behind one, that leads out of ${folder}`);
  }
  const found = await stat(file);
  if (!found.isFile()) throw new QualmError('spec-invalid', `${where} is not a regular file; expected a file of names`);
  if (found.size > maxBytes) throw new QualmError('spec-invalid', `${where} has ${found.size} bytes; expected names`);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new QualmError('model-missing', `${where} cannot be read; check its permissions`, { cause });
  });
  return parseLabels(named, bytes).catch((cause: unknown) => {
    throw new QualmError('spec-invalid', `${where}: ${(cause as Error).message}`, { cause });
  });
}
