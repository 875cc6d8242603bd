import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QualmError } from '@qualm/types';
import type { Artifacts } from '../artifacts/artifacts.ts';
import { folderArtifacts } from '../artifacts/folder-artifacts.ts';

/** The files at a location that a store on this machine gave out.
 * @throws QualmError `unsupported` for a location that is not on this machine, `model-missing`
 */
export async function localArtifacts(location: string): Promise<Artifacts> {
  const path = localPath(location);
  if (path !== null) return folderArtifacts(path);
  const scheme = /^[a-zA-Z][\w+.-]*:/.exec(location)?.[0] ?? 'a relative path';
  throw new QualmError(
    'unsupported',
    scheme === 'mlflow-artifacts:'
      ? 'registry: the files are behind the MLflow server that this store belongs to; give its http address'
      : `registry: the files are at ${scheme} and not on this machine; start mlflow server --serve-artifacts over this store, and give its http address`,
  );
}

/** The absolute path that a location means on this machine, null where it means none. */
export function localPath(location: string): string | null {
  if (isAbsolute(location)) return location;
  if (!/^file:\/\/\//i.test(location)) return null;
  try {
    return fileURLToPath(location);
  } catch {
    return null;
  }
}
