import { join } from 'node:path';
import type { FileDigest } from '../files/file-digest.ts';
import { discardFile, publishFile } from '../files/write-file-durably.ts';
import type { ListedImages } from '../shares/image-share.ts';
import { manifestName, writeManifest } from './manifest.ts';
import type { PredictionManifest, ShardEntry } from './manifest.ts';
import type { FolderMirror } from './open-prediction-folder.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { shardName } from './shard-name.ts';

/** Shards on their way to the disk, and the manifest that goes with them. */
export interface ShardStore {
  readonly manifest: PredictionManifest;
  pathOf(index: number): string;
  /** Writes the type of ids down, before the first row. */
  setImageIdType(type: ImageIdType): Promise<void>;
  /** Puts a written file in the place of a shard, behind those that were put before it.
   * @throws QualmError `io`. */
  put(index: number, written: Promise<FileDigest>, counts: Pick<ShardEntry, 'rows' | 'failed'>): Promise<void>;
  /** Marks the set complete.
   * @param list what the whole list is, where the set is one share of it. */
  complete(list?: ListedImages): Promise<void>;
}

/** The manifest says what a shard will be before the shard takes its place: at whatever moment the
 * process ends, each file is one that the manifest knows. So it is in a mirror, too.
 */
export function createShardStore(
  folder: string,
  begun: PredictionManifest,
  mirror: FolderMirror = () => Promise.resolve(),
): ShardStore {
  let manifest = begun;
  let last: Promise<unknown> = Promise.resolve();

  async function change(changed: PredictionManifest): Promise<void> {
    await writeManifest(folder, changed);
    await mirror(manifestName);
    manifest = changed;
  }

  async function place(index: number, entry: ShardEntry): Promise<void> {
    await change({ ...manifest, pending: { index, ...entry } });
    await publishFile(join(folder, shardName(index)));
    await mirror(shardName(index));
    const { pending, ...rest } = manifest;
    const shards = [...(rest.shards ?? [])];
    shards[index] = entry;
    manifest = { ...rest, shards };
  }

  /** Leaves nothing of a file behind that cannot take its place. */
  async function leave(index: number, written: Promise<FileDigest>, error: unknown): Promise<never> {
    await written.catch(() => undefined);
    await discardFile(join(folder, shardName(index)));
    throw error;
  }

  return {
    get manifest() {
      return manifest;
    },
    pathOf: (index) => join(folder, shardName(index)),
    async setImageIdType(imageIdType) {
      if (manifest.imageIdType !== imageIdType) await change({ ...manifest, imageIdType });
    },
    put(index, written, { rows, failed }) {
      const placed = Promise.all([written, last])
        .then(([digest]) => place(index, { rows, failed, ...digest }))
        .catch((error: unknown) => leave(index, written, error));
      // A shard behind one that failed fails with it, and its own promise rejects.
      last = placed;
      last.catch(() => undefined);
      return placed;
    },
    async complete(list) {
      const { share } = manifest;
      const rows = rowsOf(manifest);
      await change({ ...manifest, ...(share && list && { share: { ...share, ...list } }), rows });
    },
  };
}

/** How many rows the shards of a set have. */
export function rowsOf({ shards = [] }: PredictionManifest): number {
  return shards.reduce((sum, { rows }) => sum + rows, 0);
}
