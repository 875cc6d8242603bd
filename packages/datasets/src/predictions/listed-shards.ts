import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, QualmError } from '@qualm/types';
import { digestFile } from '../files/file-digest.ts';
import { fileMetadata, openParquetFile } from '../parquet/parquet-file.ts';
import { manifestName } from './manifest.ts';
import type { PredictionManifest, ShardEntry } from './manifest.ts';
import { countErrors } from './read-row-group.ts';
import { shardIndex, shardName } from './shard-name.ts';

/** A shard that a set has, and what its file may hold. */
export interface ListedShard {
  readonly path: string;
  readonly entries: readonly ShardEntry[];
  /** Whether it may be absent: its writer ended before it could put it there. */
  readonly optional: boolean;
}

/** The shards of a set, in order: those of its manifest, and the one that was about to be added.
 * @throws QualmError `dataset-invalid` when the folder of a complete set holds more shards than
 * that.
 */
export async function listShards(folder: string, manifest: PredictionManifest): Promise<ListedShard[]> {
  const shards = manifest.shards ?? (await entriesOfOlderFolder(folder, manifest));
  const { pending } = manifest;
  const count = Math.max(shards.length, pending ? pending.index + 1 : 0);
  if (manifest.rows !== null) await refuseStrangeShards(folder, count);
  return Array.from({ length: count }, (_, index) => ({
    path: join(folder, shardName(index)),
    entries: [...shards.slice(index, index + 1), ...(pending?.index === index ? [entryOf(pending)] : [])],
    optional: index >= shards.length,
  }));
}

function entryOf({ index, ...entry }: NonNullable<PredictionManifest['pending']>): ShardEntry {
  return entry;
}

/** @throws QualmError `dataset-invalid` when a folder holds more shards than so many. */
export async function refuseStrangeShards(folder: string, count: number): Promise<void> {
  const strange = (await shardIndexes(folder)).find((index) => index >= count);
  if (strange === undefined) return;
  throw new QualmError(
    'dataset-invalid',
    `predictions: "${join(folder, shardName(strange))}" is not among the ${count} shards that ${manifestName} lists, ` +
      'so that it belongs to another run; move it out of the folder',
  );
}

async function shardIndexes(folder: string): Promise<number[]> {
  const indexes = (await readdir(folder)).map(shardIndex).filter((index) => index !== null);
  return indexes.sort((first, second) => first - second);
}

/** What the shards of a folder hold whose manifest has no checksums: each is held against the one
 * before.
 * @throws QualmError `dataset-invalid` when one is missing in between, belongs to another run, or
 * rows are too few.
 */
async function entriesOfOlderFolder(folder: string, manifest: PredictionManifest): Promise<ShardEntry[]> {
  const { fingerprint, rowsPerShard, rows } = manifest;
  const indexes = await shardIndexes(folder);
  const entries: ShardEntry[] = [];
  for (const [place, index] of indexes.entries()) {
    const path = join(folder, shardName(place));
    if (index !== place) throw incomplete(path, 'is missing');
    const file = await openParquetFile(path);
    const stored = fileMetadata(file, 'qualm.fingerprint');
    if (stored !== undefined && stored !== fingerprint) throw incomplete(path, 'belongs to another run');
    const isLast = place === indexes.length - 1;
    const count = Number(file.metadata.num_rows);
    if (isLast ? count > rowsPerShard : count !== rowsPerShard) {
      throw incomplete(path, `has ${count} rows, expected ${rowsPerShard}`);
    }
    entries.push({ rows: count, failed: await countErrors(file), ...(await digestFile(path)) });
  }
  const total = entries.reduce((sum, entry) => sum + entry.rows, 0);
  if (rows === null || rows === total) return entries;
  throw incomplete(
    join(folder, shardName(entries.length)),
    `is missing: the set has ${counted(rows, 'row')}, ${counted(total, 'is', 'are')} there`,
  );
}

function incomplete(path: string, what: string): QualmError {
  return new QualmError('dataset-invalid', `predictions: "${path}" ${what}; ${advice}`);
}

/** What helps where a shard is not what it should be. */
export const advice = 'put the right file back, or resume the run (--resume), which does its images again';
