import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { temporarySuffix } from '../files/write-file-durably.ts';
import { shardIndex, shardName } from './shard-name.ts';

/** Shards 0, 1, ... that are whole, full and of this set; the first that is not ends the count. */
export async function countFullShards(folder: string, fingerprint: string, rowsPerShard: number): Promise<number> {
  let count = 0;
  while (await isShard(join(folder, shardName(count)), fingerprint, rowsPerShard)) count++;
  return count;
}

/** Deletes what a killed run left half-written, and shards from `keep` on, which the resumed run writes again. */
export async function deleteUnfinished(folder: string, keep: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const index = shardIndex(name);
    const unfinished = name.endsWith(temporarySuffix) && isOurs(name.slice(0, -temporarySuffix.length));
    if (unfinished || (index !== null && index >= keep)) await rm(join(folder, name), { force: true });
  }
}

/** True for the names that a set of predictions consists of. */
export function isOurs(name: string): boolean {
  return name.startsWith('_qualm.') || shardIndex(name) !== null;
}

/** True for a readable file of this set with so many rows. */
export async function isShard(path: string, fingerprint: string, rows: number): Promise<boolean> {
  try {
    const { num_rows, key_value_metadata } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const stored = key_value_metadata?.find(({ key }) => key === 'qualm.fingerprint')?.value;
    return num_rows === BigInt(rows) && stored === fingerprint;
  } catch {
    return false;
  }
}
