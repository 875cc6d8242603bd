import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, countText, QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { createArena } from '../parquet/arena.ts';
import type { Arena } from '../parquet/arena.ts';
import { openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { checkShard } from './check-shard.ts';
import { advice, listShards } from './listed-shards.ts';
import type { ListedShard } from './listed-shards.ts';
import { readManifest } from './manifest.ts';
import { shareText } from '../shares/image-share.ts';
import type { ManifestShare, PredictionManifest } from './manifest.ts';
import type { ReadShardsOptions } from './read-predictions.ts';
import { readShardBytes } from './read-shard-bytes.ts';
import type { ShardBytes } from './read-shard-bytes.ts';
import { createShardReader } from './shard-reader.ts';
import { rowsOf } from './shard-store.ts';

/** A folder of predictions by its manifest; a single file has none. */
export interface OpenedSet {
  readonly path: string;
  readonly manifest: PredictionManifest | null;
}

/** @throws QualmError `io` when the path cannot be read, `dataset-invalid` when it holds no
 * predictions.
 */
export async function openSet(path: string): Promise<OpenedSet> {
  const found = await stat(path).catch(async (error: unknown) => {
    throw await ioError('read', path, error);
  });
  if (!found.isDirectory()) return { path, manifest: null };
  const manifest = await readManifest(path);
  return manifest ? { path, manifest } : setBelow(path);
}

/** The one set in the folders of a folder: `qualm select --out x` keeps it in x/predictions. */
async function setBelow(path: string): Promise<OpenedSet> {
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  const sets: OpenedSet[] = [];
  for (const folder of folders.slice(0, mostBelow)) {
    const manifest = await readManifest(folder);
    if (manifest) sets.push({ path: folder, manifest });
  }
  if (sets.length === 1) return sets[0]!;
  const has =
    sets.length === 0
      ? 'and no folder in it has one'
      : `and several folders in it have one: ${sets.map((set) => set.path).join(', ')}`;
  throw new QualmError(
    'dataset-invalid',
    `readPredictions: "${path}" has no _qualm.json, ${has}; give a folder of predictions`,
  );
}

const mostBelow = 1000;

/** The files of a set in input order, each held against the manifest. */
export async function* openShards(
  { path, manifest }: OpenedSet,
  options: ReadShardsOptions,
): AsyncGenerator<ParquetFile, void, undefined> {
  if (!manifest) {
    yield await openParquetFile(path);
    return;
  }
  if (manifest.share) options.onWarning?.(partial(path, manifest, manifest.share));
  const shards = await listShards(path, manifest);
  const reader = createShardReader(totalBytes(shards));
  const { reuseMemory = false } = options;
  const free: ArrayBuffer[] = [];
  const arena = reuseMemory ? createArena() : null;
  const reading: Promise<ReadShard>[] = [];
  let started = 0;
  const read = async (shard: ListedShard): Promise<ReadShard> => {
    return { shard, content: await reader.read({ path: shard.path, memory: free.pop() ?? null }) };
  };
  /** The disk works while the caller does: small shards are read some ahead, large ones one. */
  const readAhead = (ahead: number): void => {
    while (started < shards.length && reading.length < ahead) reading.push(read(shards[started++]!));
  };
  try {
    readAhead(1);
    for (let now = await reading.shift(); now; now = await reading.shift()) {
      readAhead(Math.min(mostAhead, Math.max(1, Math.floor(bytesAhead / (now.content?.bytes.length ?? bytesAhead)))));
      const file = await openShard(path, manifest, now, arena, options);
      if (file) yield file;
      arena?.reset();
      if (reuseMemory && now.content) free.push(now.content.bytes.buffer);
    }
  } finally {
    await Promise.allSettled(reading);
    await reader.close();
  }
}

function partial(path: string, manifest: PredictionManifest, share: ManifestShare): string {
  const whole = share.images === null ? 'a list' : `a list of ${countText(share.images)}`;
  return (
    `"${path}" is share ${shareText(share)} of a run: ${counted(rowsOf(manifest), 'image')} of ${whole}; ` +
    'put all shares together with qualm merge'
  );
}

function totalBytes(shards: readonly ListedShard[]): number {
  return shards.reduce((sum, { entries }) => sum + (entries[0]?.bytes ?? 0), 0);
}

/** As many shards, and bytes of shards, are read before they are asked for. */
const mostAhead = 3;
const bytesAhead = 2 ** 24;

/** A shard that was read; its content is null where that is too large, or cannot be read. */
export interface ReadShard {
  readonly shard: ListedShard;
  readonly content: ShardBytes | null;
}

/** A shard whose file is what it should be. A writer may be at the folder: then its manifest is
 * asked once more.
 */
export async function openShard(
  folder: string,
  manifest: PredictionManifest,
  { shard: { path, entries, optional }, content }: ReadShard,
  arena: Arena | null,
  options: Pick<ReadShardsOptions, 'onWarning'>,
): Promise<ParquetFile | null> {
  const { fingerprint } = manifest;
  const state = await checkShard(path, { entries, fingerprint }, content);
  if (state.kind === 'whole') return openParquetFile(path, content?.bytes ?? null, arena);
  if (state.kind === 'rewritten') {
    options.onWarning?.(`"${path}" was rewritten by another tool; it is read by its columns, and was not checked`);
    return openParquetFile(path);
  }
  if (state.kind === 'missing' && optional) return null;
  const why = state.kind === 'missing' ? null : state.why;
  const now = manifest.rows === null ? await changedShard(folder, manifest, path) : null;
  if (now) {
    const read = { shard: now.shard, content: await readShardBytes(path, null) };
    return openShard(folder, now.manifest, read, arena, options);
  }
  const what = why
    ? `is not the shard of this set: ${why}`
    : `is missing: its ${counted(entries[0]!.rows, 'image')} would be left out`;
  throw new QualmError('dataset-invalid', `predictions: "${path}" ${what}; ${advice}`);
}

/** The shard as the manifest has it by now, null where it says what it said before. */
async function changedShard(
  folder: string,
  before: PredictionManifest,
  path: string,
): Promise<{ manifest: PredictionManifest; shard: ListedShard } | null> {
  const manifest = await readManifest(folder);
  if (!manifest || JSON.stringify(manifest) === JSON.stringify(before)) return null;
  const shard = (await listShards(folder, manifest)).find((listed) => listed.path === path);
  return shard ? { manifest, shard } : null;
}
