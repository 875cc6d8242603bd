import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelSpec } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { ModelRegistry, ResolvedModel } from '@qualm/types';

/** Where models may be. */
export interface ModelPlaces {
  readonly registries: Readonly<Record<string, ModelRegistry>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** The model that a spec file or a URI of a registry names.
 * @param root the folder of the model's files; that of the spec by default.
 * @throws QualmError `model-missing` where nobody resolves such a URI, and what resolving it
 * throws. */
export async function openModelUri(
  uri: string,
  root: string | undefined,
  { registries, cwd, signal }: ModelPlaces,
): Promise<ResolvedModel> {
  const scheme = isUri(uri) ? uri.slice(0, uri.indexOf(':')).toLowerCase() : null;
  if (scheme === null || scheme === 'file') {
    const path = scheme === null ? resolve(cwd, uri) : fileURLToPath(uri);
    const rootName = "OPTIONS (root = '...')";
    return readModelSpec(path, { rootName, ...(root !== undefined && { root: resolve(cwd, root) }) });
  }
  if (root !== undefined)
    throw new QualmError('query-invalid', `sql: the option "root" is for spec files, and "${uri}" is in a registry`);
  if (Object.hasOwn(registries, scheme)) return registries[scheme]!.resolve(uri, { signal });
  const has = Object.keys(registries).join(', ') || 'none';
  throw new QualmError(
    'model-missing',
    `sql: no registry resolves "${uri}"; the registries of the session are: ${has}; add { ${scheme}: ... } to registries`,
  );
}

/** Whether a text names its scheme; a letter and a colon are a drive of Windows. */
export function isUri(uri: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(uri);
}
