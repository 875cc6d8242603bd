import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { modelFingerprint, readModelSpec } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { Heads, ResolvedModel } from '@qualm/types';
import type { OpenUri } from '@qualm/vision';
import { fetchModel } from './fetch-model.ts';

/** Which model, and where it may be kept. */
export interface ModelPlace {
  /** The path of a spec, or of a folder with a `spec.json`, or the URI of a spec. */
  readonly model: string;
  /** What `modelFingerprint` gives of it: another model is refused. */
  readonly hash?: string | undefined;
  /** The folder where models of URIs are kept; `qualm-models` in the current one by default. */
  readonly cache?: string | undefined;
  readonly open?: OpenUri | undefined;
  /** What paths are relative to. */
  readonly cwd: string;
  readonly heads: Heads;
  readonly signal?: AbortSignal | undefined;
}

/** The spec of a model and the folder of its files.
 * @throws QualmError `model-missing`, `spec-invalid`; `model-invalid` where it has another hash;
 * `unsupported` for a URI that nothing opens.
 */
export async function resolveModel(place: ModelPlace): Promise<ResolvedModel> {
  const { model, hash, cwd, heads } = place;
  const resolved = isUri(model)
    ? await fetchModel(place)
    : await readModelSpec(await specAt(resolve(cwd, model)), { heads });
  if (hash !== undefined) await assertHash(resolved, hash, model);
  return resolved;
}

/** @throws QualmError `model-invalid` where the model is another than was asked for. */
async function assertHash(resolved: ResolvedModel, hash: string, model: string): Promise<void> {
  const found = await modelFingerprint({
    spec: resolved.spec,
    root: resolved.root,
    followLinks: resolved.followLinks ?? false,
  });
  if (found === hash) return;
  throw new QualmError(
    'model-invalid',
    `model: "${model}" has the hash ${found}, expected ${hash}; give the same model to all`,
  );
}

async function specAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return path;
  const spec = join(path, 'spec.json');
  return (await stat(spec).catch(() => null)) ? spec : path;
}

/** One letter before the colon is a drive of Windows. */
function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text);
}
