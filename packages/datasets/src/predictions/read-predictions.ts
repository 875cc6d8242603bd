import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertOptions, assertText, QualmError } from '@qualm/types';
import { digestOf } from '../files/file-digest.ts';
import { ioError } from '../files/io-error.ts';
import { notParquet, openParquetFile } from '../parquet/parquet-file.ts';
import type { ParquetFile } from '../parquet/parquet-file.ts';
import { checkShard } from './check-shard.ts';
import { advice, listShards } from './listed-shards.ts';
import type { ListedShard } from './listed-shards.ts';
import { readManifest } from './manifest.ts';
import type { PredictionManifest } from './manifest.ts';
import type { ImageIdType } from './prediction-schema.ts';
import { predictionTable } from './prediction-table.ts';
import type { PredictionTable } from './prediction-table.ts';
import { readRowGroup } from './read-row-group.ts';
import type { PredictionRows } from './read-row-group.ts';
import { pickSetInfo, readShardMetadata } from './shard-metadata.ts';
import type { PredictionSetInfo } from './shard-metadata.ts';

/** A set of predictions in memory, and what its folder says of it. */
export interface StoredPredictions extends PredictionTable {
  /** Null for a single file. `rows` in it is null while the set is not complete. */
  readonly manifest: PredictionManifest | null;
}

/** Options of `readPredictions` and `readPredictionShards`. */
export interface ReadPredictionsOptions {
  /** Told of a shard that another tool rewrote: its rows are as many as before, and nothing more is known of them. */
  readonly onWarning?: (message: string) => void;
}

/** All predictions of a folder that `createParquetSink` wrote, or of one of its files. A folder is held against its
 * manifest, shard by shard: one that is missing, of another run or damaged is an error that names it. One that another
 * tool rewrote is read by its columns. A set that is not complete is read as far as it goes.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions, or others than it says.
 * @example aq.table((await readPredictions('out')).columns)
 */
export async function readPredictions(path: string, options: ReadPredictionsOptions = {}): Promise<StoredPredictions> {
  assertPath('readPredictions', path);
  assertOptions('readPredictions', options, '{ onWarning: console.warn }');
  const set = await openSet(path);
  const groups: PredictionRows[] = [];
  let info: PredictionSetInfo | null = set.manifest;
  let imageIdType = set.manifest?.imageIdType ?? null;
  for await (const file of openShards(set, options)) {
    info ??= readShardMetadata(file);
    imageIdType ??= imageIdTypeOf(file);
    groups.push(...(await readFileGroups(file, info)));
  }
  return { ...predictionTable(pickSetInfo(info!), groups, imageIdType ?? 'string'), manifest: set.manifest };
}

/** What a set of predictions says of itself: a folder by its manifest, a single file by its footer. Nothing else is read.
 * @throws QualmError `io` when it cannot be read, `dataset-invalid` when it holds no predictions.
 */
export async function readPredictionInfo(path: string): Promise<PredictionSetInfo> {
  assertPath('readPredictionInfo', path);
  const { manifest } = await openSet(path);
  return pickSetInfo(manifest ?? readShardMetadata(await openParquetFile(path)));
}

/** The predictions of a folder shard by shard, in input order: one shard is in memory at a time.
 * @throws QualmError as `readPredictions`.
 */
export async function* readPredictionShards(
  path: string,
  options: ReadPredictionsOptions = {},
): AsyncGenerator<PredictionTable, void, undefined> {
  assertPath('readPredictionShards', path);
  assertOptions('readPredictionShards', options, '{ onWarning: console.warn }');
  const set = await openSet(path);
  for await (const file of openShards(set, options)) {
    const info = pickSetInfo(set.manifest ?? readShardMetadata(file));
    const imageIdType = set.manifest?.imageIdType ?? imageIdTypeOf(file);
    yield predictionTable(info, await readFileGroups(file, info), imageIdType);
  }
}

/** The paths of the shards of a folder, in input order, each held against the manifest: for readers of Parquet other than ours.
 * @throws QualmError as `readPredictions`.
 * @example await listPredictionShards('out') // ['out/part-00000.parquet', 'out/part-00001.parquet']
 */
export async function listPredictionShards(
  path: string,
  options: ReadPredictionsOptions = {},
): Promise<readonly string[]> {
  assertPath('listPredictionShards', path);
  assertOptions('listPredictionShards', options, '{ onWarning: console.warn }');
  const paths: string[] = [];
  for await (const file of openShards(await openSet(path), options)) paths.push(file.path);
  return paths;
}

/** The rows of a file, one row group after the other.
 * @throws QualmError `dataset-invalid` when its columns are not those of predictions.
 */
export async function readFileGroups(file: ParquetFile, set: PredictionSetInfo): Promise<PredictionRows[]> {
  const groups: PredictionRows[] = [];
  try {
    for (const group of file.metadata.row_groups) groups.push(await readRowGroup(file, group, set));
  } catch (cause) {
    throw QualmError.is(cause) ? cause : notParquet(file.path, cause);
  }
  return groups;
}

function assertPath(where: string, path: unknown): void {
  assertText(where, 'its path', path, "a folder of predictions, such as 'out'");
}

interface OpenedSet {
  readonly path: string;
  readonly manifest: PredictionManifest | null;
}

async function openSet(path: string): Promise<OpenedSet> {
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

async function* openShards(
  { path, manifest }: OpenedSet,
  options: ReadPredictionsOptions,
): AsyncGenerator<ParquetFile, void, undefined> {
  if (!manifest) {
    yield await openParquetFile(path);
    return;
  }
  for (const shard of await listShards(path, manifest)) {
    const file = await openShard(path, manifest, shard, options);
    if (file) yield file;
  }
}

/** A shard whose file is what it should be. A writer may be at the folder: then its manifest is asked once more. */
async function openShard(
  folder: string,
  manifest: PredictionManifest,
  { path, entries, optional }: ListedShard,
  options: ReadPredictionsOptions,
): Promise<ParquetFile | null> {
  const { fingerprint } = manifest;
  const bytes = await readWhole(path);
  const state = await checkShard(path, { entries, fingerprint }, bytes && digestOf(bytes));
  if (state.kind === 'whole') return openParquetFile(path, bytes);
  if (state.kind === 'rewritten') {
    options.onWarning?.(`"${path}" was rewritten by another tool; it is read by its columns, and was not checked`);
    return openParquetFile(path);
  }
  if (state.kind === 'missing' && optional) return null;
  const why = state.kind === 'missing' ? null : state.why;
  const now = manifest.rows === null ? await changedShard(folder, manifest, path) : null;
  if (now) return openShard(folder, now.manifest, now.shard, options);
  const what = why
    ? `is not the shard of this set: ${why}`
    : `is missing: its ${entries[0]!.rows} images would be left out`;
  throw new QualmError('dataset-invalid', `predictions: "${path}" ${what}; ${advice}`);
}

/** A shard is read once, for its checksum and its columns, unless it is very large. Null then, and where it cannot be read. */
async function readWhole(path: string): Promise<Uint8Array | null> {
  const { size } = await stat(path).catch(() => ({ size: Infinity }));
  return size <= mostWhole ? readFile(path).catch(() => null) : null;
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

/** How a shard stores image ids. */
export function imageIdTypeOf({ schema }: ParquetFile): ImageIdType {
  const { type } = schema.children.find(({ element }) => element.name === 'image_id')?.element ?? {};
  return type?.startsWith('INT') ? 'int64' : 'string';
}
