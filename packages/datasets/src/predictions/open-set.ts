import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { QualmError } from '@qualm/types';
import { ioError } from '../files/io-error.ts';
import { createArena } from '../parquet/arena.ts';
import type { Arena } from '../parquet/arena.ts';
import { openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { checkShard } from './check-shard.ts';
import { advice, listShards } from './listed-shards.ts';
import type { ListedShard } from './listed-shards.ts';
import { readManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import type { ReadShardsOptions } from './read-predictions.ts';

/** A folder of predictions by its manifest; a single file has none. */
export interface OpenedSet {
  readonly path: string;
  readonly manifest: PredictionManifest | null;
}

/** @throws QualmError `io` when the path cannot be read, `dataset-invalid` when it holds no predictions. */
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
      ? 'nor has a folder in it'
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
  const shards = await listShards(path, manifest);
  const arenas = options.reuseMemory ? Array.from({ length: mostAhead + 1 }, createArena) : [];
  const read = async (index: number): Promise<ReadShard> => {
    const arena = arenas[index % arenas.length] ?? null;
    arena?.reset();
    const shard = shards[index]!;
    return { shard, arena, bytes: await readWhole(shard.path, arena) };
  };
  const reading: Promise<ReadShard>[] = [];
  let started = 0;
  /** The disk works while the caller does: small shards are read some ahead, large ones one. */
  const readAhead = (ahead: number): void => {
    while (started < shards.length && reading.length < ahead) reading.push(read(started++));
  };
  readAhead(1);
  for (let now = await reading.shift(); now; now = await reading.shift()) {
    readAhead(Math.min(mostAhead, Math.max(1, Math.floor(bytesAhead / (now.bytes?.length ?? mostWhole)))));
    const file = await openShard(path, manifest, now, options);
    if (file) yield file;
  }
}

/** As many shards, and bytes of shards, are read before they are asked for. */
const mostAhead = 3;
const bytesAhead = 2 ** 24;

/** A shard whose bytes were read; null where they are too many. */
interface ReadShard {
  readonly shard: ListedShard;
  readonly bytes: Uint8Array | null;
  readonly arena: Arena | null;
}

/** A shard whose file is what it should be. A writer may be at the folder: then its manifest is asked once more. */
async function openShard(
  folder: string,
  manifest: PredictionManifest,
  { shard: { path, entries, optional }, bytes, arena }: ReadShard,
  options: ReadShardsOptions,
): Promise<ParquetFile | null> {
  const { fingerprint } = manifest;
  const state = await checkShard(path, { entries, fingerprint }, bytes);
  if (state.kind === 'whole') return openParquetFile(path, bytes, arena);
  if (state.kind === 'rewritten') {
    options.onWarning?.(`"${path}" was rewritten by another tool; it is read by its columns, and was not checked`);
    return openParquetFile(path);
  }
  if (state.kind === 'missing' && optional) return null;
  const why = state.kind === 'missing' ? null : state.why;
  const now = manifest.rows === null ? await changedShard(folder, manifest, path) : null;
  if (now) {
    const read = { shard: now.shard, bytes: await readWhole(path, null), arena };
    return openShard(folder, now.manifest, read, options);
  }
  const what = why
    ? `is not the shard of this set: ${why}`
    : `is missing: its ${entries[0]!.rows} images would be left out`;
  throw new QualmError('dataset-invalid', `predictions: "${path}" ${what}; ${advice}`);
}

/** A shard is read once, for its checksum and its columns, unless it is very large. Null then, and where it cannot be read. */
async function readWhole(path: string, arena: Arena | null): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    if (size > mostWhole) return null;
    const { buffer, bytesRead } = await file.read(arena?.take(size) ?? Buffer.allocUnsafeSlow(size), 0, size, 0);
    return bytesRead === size ? buffer : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

const mostWhole = 128 * 2 ** 20;

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
