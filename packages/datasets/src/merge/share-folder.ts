import { QualmError } from '@qualm/types';
import { assertUnlocked } from '../files/lock-folder.ts';
import { readManifest } from '../predictions/manifest.ts';
import type { ManifestShare, PredictionManifest } from '../predictions/manifest.ts';
import type { IdentityParts } from '../predictions/run-identity.ts';

/** A folder that holds one share of a run. */
export interface ShareFolder {
  readonly path: string;
  readonly manifest: PredictionManifest;
  readonly share: ManifestShare;
  readonly identity: IdentityParts;
}

/** @throws QualmError `dataset-invalid` for a folder that holds no share, `io` for one that another
 * process writes to.
 */
export async function openShareFolder(path: string): Promise<ShareFolder> {
  const manifest = await readManifest(path);
  if (!manifest) throw invalid(`merge: "${path}" has no _qualm.json; give folders of predict --shard`);
  const { share, identity } = manifest;
  if (!share || !identity)
    throw invalid(`merge: "${path}" is a whole run, not one share of it; give folders of predict --shard`);
  await assertUnlocked(path);
  return { path, manifest, share, identity };
}

/** Paths as a message shows them: the first few, and how many more. */
export function somePaths(paths: readonly string[]): string {
  return someOf(paths.map((path) => `"${path}"`));
}

/** The first few of many things, and how many more. */
export function someOf(texts: readonly string[], count: number = texts.length): string {
  const shown = texts.slice(0, mostShown);
  return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
}

/** Things that a message names; the rest is counted. */
export const mostShown = 3;

function invalid(message: string): QualmError {
  return new QualmError('dataset-invalid', message);
}
