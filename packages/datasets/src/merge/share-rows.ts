import type { Prediction } from '@qualm/types';
import { listShards } from '../predictions/listed-shards.ts';
import { openShard } from '../predictions/open-set.ts';
import { readShardBytes } from '../predictions/read-shard-bytes.ts';
import { rowsOfFile } from '../predictions/stored-rows.ts';
import type { ShareFolder } from './share-folder.ts';

/** The rows of a share, a group for each of its files, which are held against the manifest.
 * @throws QualmError `dataset-invalid` for a file that is missing or damaged.
 */
export async function* shareRows(
  { path, manifest }: ShareFolder,
  onWarning: ((message: string) => void) | undefined,
): AsyncGenerator<readonly Prediction[], void, undefined> {
  for (const shard of await listShards(path, manifest)) {
    const content = await readShardBytes(shard.path, null);
    const file = await openShard(path, manifest, { shard, content }, null, onWarning ? { onWarning } : {});
    if (file) yield await rowsOfFile(file, manifest);
  }
}
