import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { lockFolder, lockName } from '../files/lock-folder.ts';
import { inChunks } from '../files/in-chunks.ts';
import { temporarySuffix, writeFileDurably } from '../files/write-file-durably.ts';
import { openParquetFile } from '../parquet/parquet-file.ts';
import { listShards, refuseStrangeShards } from './listed-shards.ts';
import type { ListedShard } from './listed-shards.ts';
import { fieldDifference, fieldsOfRun } from './field-difference.ts';
import { manifestName, readManifest, writeManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import { readImageIds } from './read-row-group.ts';
import { identityDifferences, identityParts, imagesName } from './run-identity.ts';
import type { RunIdentity } from './run-identity.ts';
import { isNameOfSet } from './shard-name.ts';
import { planShards } from './shard-plan.ts';
import type { RetryErrors, ShardPlan } from './shard-plan.ts';

/** A folder that this process alone writes to, and what it held already. */
export interface PredictionFolder {
  readonly manifest: PredictionManifest;
  /** One for each shard that was there. */
  readonly plans: readonly ShardPlan[];
  /** The ids that each shard holds, where nothing else says which images they are; null of a shard
   * that is not there.
   */
  readonly ids: readonly (readonly (string | number)[] | null)[];
  readonly unlock: () => Promise<void>;
}

/** How a folder is opened. */
export interface OpenFolderMode {
  readonly resume: boolean;
  readonly retry: RetryErrors;
  readonly identity: RunIdentity | null;
  readonly mirror: FolderMirror;
}

/** Told of each file of a folder when it has taken its place, and waited for. */
export type FolderMirror = (name: string) => Promise<void>;

/** Makes, or with `resume` opens again, a folder of predictions.
 * @throws QualmError `io` when it holds something else, or another process writes to it.
 */
export async function openPredictionFolder(
  folder: string,
  wanted: PredictionManifest,
  { resume, retry, identity, mirror }: OpenFolderMode,
): Promise<PredictionFolder> {
  await mkdir(folder, { recursive: true }).catch(async (error: unknown) => {
    throw await ioError('make folder', folder, error);
  });
  await refuseStrangers(folder, resume);
  const unlock = await lockFolder(folder);
  try {
    const manifest = await readManifest(folder);
    const opened = manifest
      ? await reopen(folder, manifest, wanted, { retry, identity, mirror })
      : await begin(folder, wanted, { identity, mirror });
    return { ...opened, unlock };
  } catch (error) {
    await unlock();
    throw error;
  }
}

type Opened = Omit<PredictionFolder, 'unlock'>;

async function begin(
  folder: string,
  manifest: PredictionManifest,
  { identity, mirror }: Pick<OpenFolderMode, 'identity' | 'mirror'>,
): Promise<Opened> {
  await deleteUnfinished(folder);
  if (identity?.images) await writeFileDurably(join(folder, imagesName), inChunks(identity.images.lines()));
  await writeManifest(folder, manifest);
  // The manifest first: it tells whether somebody else writes there.
  await mirror(manifestName);
  if (identity?.images) await mirror(imagesName);
  return { manifest, plans: [], ids: [] };
}

async function reopen(
  folder: string,
  found: PredictionManifest,
  wanted: PredictionManifest,
  { retry, identity, mirror }: Pick<OpenFolderMode, 'retry' | 'identity' | 'mirror'>,
): Promise<Opened> {
  const differences = found.identity && identity ? await identityDifferences(folder, found.identity, identity) : null;
  refuseOtherFields(folder, found, found.identity && identity ? { ...wanted, fingerprint: found.fingerprint } : wanted);
  if (differences && !differences.images) throw otherRun(folder, differences.text);
  await deleteUnfinished(folder);
  const listed = await listShards(folder, found);
  await refuseStrangeShards(folder, listed.length);
  const plans = await planShards(listed, found, retry);
  const ids = identity?.images === null ? await idsOf(listed, plans) : [];
  if (differences?.images) {
    const isDoneAgain = (index: number): boolean => isToBeRedone(plans, index, found.rowsPerShard);
    if (![...differences.images].every(isDoneAgain)) throw otherRun(folder, differences.text);
    await writeFileDurably(join(folder, imagesName), inChunks(identity!.images!.lines()));
  } else if (found.rows !== null && plans.every(({ settled }) => settled)) return { manifest: found, plans, ids };
  const { pending, ...rest } = found;
  const shards = plans.map(({ entry }, index) => entry ?? found.shards?.[index] ?? listed[index]!.entries[0]!);
  const known = differences?.images ? { identity: identityParts(identity!) } : {};
  const manifest = { ...rest, ...known, rows: null, shards };
  await writeManifest(folder, manifest);
  await mirror(manifestName);
  if (differences?.images) await mirror(imagesName);
  return { manifest, plans, ids };
}

/** The ids of the shards that stay, in their order. */
async function idsOf(listed: readonly ListedShard[], plans: readonly ShardPlan[]): Promise<PredictionFolder['ids']> {
  const ids: ((string | number)[] | null)[] = [];
  for (const [index, { entry }] of plans.entries()) ids.push(entry ? await readShardIds(listed[index]!.path) : null);
  return ids;
}

async function readShardIds(path: string): Promise<(string | number)[]> {
  const file = await openParquetFile(path);
  const ids: (string | number)[] = [];
  for (const group of file.metadata.row_groups) ids.push(...(await readImageIds(file, group)));
  return ids;
}

/** An image whose row is written anew may be another than it was: it was mended, say. */
function isToBeRedone(plans: readonly ShardPlan[], index: number, rowsPerShard: number): boolean {
  return plans[Math.floor(index / rowsPerShard)]?.redo.has(index % rowsPerShard) ?? false;
}

/** Deletes what a killed run left half-written. */
async function deleteUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(temporarySuffix) && isNameOfSet(name)) await rm(join(folder, name), { force: true });
  }
}

async function refuseStrangers(folder: string, resume: boolean): Promise<void> {
  const names = await readdir(folder);
  const harmless = (name: string): boolean =>
    name.startsWith(lockName) || name.endsWith(temporarySuffix) || name === imagesName;
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

function refuseOtherFields(folder: string, found: PredictionManifest, wanted: PredictionManifest): void {
  const difference = fieldDifference(found, wanted, ['fingerprint', ...fieldsOfRun]);
  if (difference !== null) throw otherRun(folder, difference);
}

function otherRun(folder: string, what: string): QualmError {
  return new QualmError(
    'io',
    `predictions: "${folder}" was begun by another run: ${what}; ` +
      'resume with the same model, form, images and options, or choose another folder',
  );
}
