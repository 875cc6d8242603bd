import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { lockFolder, lockName } from '../files/lock-folder.ts';
import { temporarySuffix } from '../files/write-file-durably.ts';
import { readManifest, writeManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import { shardName } from './shard-name.ts';
import { countFullShards, deleteUnfinished, isShard } from './stored-shards.ts';

/** A folder that this process alone writes to, and what it held already. */
export interface PredictionFolder {
  readonly manifest: PredictionManifest;
  /** Full shards that stay. */
  readonly shards: number;
  /** Rows in them; in a complete set all rows. */
  readonly rows: number;
  readonly unlock: () => Promise<void>;
}

/** Makes, or with `resume` opens again, a folder of predictions.
 * @throws QualmError `io` when it holds something else, or another process writes to it.
 */
export async function openPredictionFolder(
  folder: string,
  wanted: PredictionManifest,
  resume: boolean,
): Promise<PredictionFolder> {
  await mkdir(folder, { recursive: true }).catch(async (error: unknown) => {
    throw await ioError('make folder', folder, error);
  });
  await refuseStrangers(folder, resume);
  const unlock = await lockFolder(folder);
  try {
    const manifest = await readManifest(folder);
    return { ...(manifest ? await reopen(folder, manifest, wanted) : await begin(folder, wanted)), unlock };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function begin(folder: string, manifest: PredictionManifest): Promise<Omit<PredictionFolder, 'unlock'>> {
  await deleteUnfinished(folder, 0);
  await writeManifest(folder, manifest);
  return { manifest, shards: 0, rows: 0 };
}

async function reopen(
  folder: string,
  manifest: PredictionManifest,
  wanted: PredictionManifest,
): Promise<Omit<PredictionFolder, 'unlock'>> {
  refuseOtherRun(folder, manifest, wanted);
  const { fingerprint, rowsPerShard } = manifest;
  const shards = await countFullShards(folder, fingerprint, rowsPerShard);
  if (manifest.rows !== null && (await isWhole(folder, manifest, manifest.rows, shards))) {
    return { manifest, shards, rows: manifest.rows };
  }
  await deleteUnfinished(folder, shards);
  const reopened = { ...manifest, rows: null };
  await writeManifest(folder, reopened);
  return { manifest: reopened, shards, rows: shards * rowsPerShard };
}

/** True when a set that was closed still has all its rows, the last and shorter shard included. */
async function isWhole(
  folder: string,
  manifest: PredictionManifest,
  rows: number,
  fullShards: number,
): Promise<boolean> {
  const { fingerprint, rowsPerShard } = manifest;
  if (Math.floor(rows / rowsPerShard) !== fullShards) return false;
  const rest = rows % rowsPerShard;
  return (rows > 0 && rest === 0) || isShard(join(folder, shardName(fullShards)), fingerprint, rest);
}

async function refuseStrangers(folder: string, resume: boolean): Promise<void> {
  const names = await readdir(folder);
  const harmless = (name: string): boolean => name === lockName || name.endsWith(temporarySuffix);
  const found = names.filter((name) => !harmless(name));
  if (found.length === 0) return;
  const ours = found.includes('_qualm.json');
  if (ours && resume) return;
  throw new QualmError(
    'io',
    ours
      ? `predictions: "${folder}" holds predictions already; resume them (resume: true), or choose another folder`
      : `predictions: "${folder}" is not empty (it holds "${found[0]}") and not a folder of predictions; choose another`,
  );
}

function refuseOtherRun(folder: string, found: PredictionManifest, wanted: PredictionManifest): void {
  const differs = (['fingerprint', 'form', 'rowsPerShard', 'labels'] as const).find(
    (field) => JSON.stringify(found[field]) !== JSON.stringify(wanted[field]),
  );
  if (!differs) return;
  const [was, is] = [found, wanted].map((manifest) => shorten(JSON.stringify(manifest[differs])));
  throw new QualmError(
    'io',
    `predictions: "${folder}" was begun with another ${differs} (${was}, now ${is}); ` +
      'resume with the same model, form and images, or choose another folder',
  );
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
