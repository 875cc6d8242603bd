import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, resolve, sep } from 'node:path';
import { modelFingerprint, readModelSpec, readSpec, weightFiles } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { ResolvedModel } from '@qualm/types';
import { labelFile } from '@qualm/types/to-model-spec';
import type { OpenUri } from '@qualm/vision';
import type { ModelPlace } from './resolve-model.ts';

/** The model whose spec is at a URI, with the files that it names beside it there, in the cache
 * under its hash: it is there whole or not at all, whatever other processes fetch it meanwhile.
 * @throws QualmError `unsupported` where nothing opens URIs, `spec-invalid`, what `open` throws.
 */
export async function fetchModel(place: ModelPlace): Promise<ResolvedModel> {
  const { model, hash, open, cwd, cache = 'qualm-models', heads } = place;
  const folder = resolve(cwd, cache);
  if (hash !== undefined && (await isThere(join(folder, hash)))) return readFetched(join(folder, hash), place);
  if (!open || !/^[a-z][a-z0-9+.-]+:\/\//i.test(model))
    throw new QualmError(
      'unsupported',
      `model: "${model}" is nothing that a worker opens; give a path, or an address of http(s) or S3`,
    );
  const fresh = join(folder, `.${randomUUID()}`);
  try {
    await fetchFiles(fresh, { ...place, open });
    const found = await modelFingerprint(await readModelSpec(join(fresh, 'spec.json'), { heads, followLinks: false }));
    const target = join(folder, found);
    // Of two that fetch the same, one is first; both have the same files.
    await rename(fresh, target).catch(async (cause: unknown) => {
      if (!(await isThere(target))) throw new QualmError('io', `model: ${target} cannot be written`, { cause });
    });
    return await readFetched(target, place);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function readFetched(folder: string, { heads }: ModelPlace): Promise<ResolvedModel> {
  return readModelSpec(join(folder, 'spec.json'), { heads, followLinks: false });
}

async function fetchFiles(
  folder: string,
  { model, open, heads, signal }: ModelPlace & { readonly open: OpenUri },
): Promise<void> {
  const fetchTo = async (uri: string, name: string): Promise<Uint8Array> => {
    const path = join(folder, name);
    if (!path.startsWith(folder + sep))
      throw new QualmError(
        'path-outside',
        `model: "${name}" leaves the folder of "${model}"; expected a path inside of it`,
      );
    const bytes = await open(uri, signal);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return bytes;
  };
  const beside = (name: string): Promise<Uint8Array> => fetchTo(siblingUri(model, name), name);
  const labels = labelFile(parseSpec(await fetchTo(model, 'spec.json'), model), model);
  if (labels !== null) await beside(labels);
  const { flavor, files } = await readSpec(join(folder, 'spec.json'), { heads, followLinks: false });
  const main = await beside(files.model);
  for (const name of weightFiles(flavor, main) ?? []) await beside(posix.join(posix.dirname(files.model), name));
}

function siblingUri(spec: string, name: string): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return spec.replace(/[?#].*$/, '').replace(/[^/]*$/, path);
}

function parseSpec(bytes: Uint8Array, model: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new QualmError(
      'spec-invalid',
      `model: "${model}" is not valid JSON (${String(cause)}); expected a model spec`,
      { cause },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
